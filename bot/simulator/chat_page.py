"""The chat page: what people see and do in a browser, over plain HTTP and server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.simulator import acts
from bot.simulator.acts import ActRefused
from bot.simulator.methods.profile import commands_shown, shown
from bot.simulator.people import Person, seen
from bot.simulator.state import BOT_ID, BOT_USERNAME, Message

if TYPE_CHECKING:
    from bot.simulator.telegram import SimulatedTelegram

_PAGE = Path(__file__).parent / "page"
_STATIC = {"app.js": "text/javascript", "chat.js": "text/javascript", "style.css": "text/css"}
_MEDIA = ("sticker", "photo", "voice", "document", "location", "contact", "poll", "dice")
_SPINS_S = 15


class Panel(Protocol):
    """What stands behind the top bar: clock, bot process, faults."""

    def describe(self) -> dict[str, Any]:
        """Its state for the page."""
        ...

    async def control(self, action: str, seconds: float) -> str:
        """Carry out a button; what to tell the visitor, or nothing."""
        ...


def page_routes(telegram: SimulatedTelegram, panel: Panel | None = None) -> list[BaseRoute]:
    """Routes to put beside the Bot API's. Without a panel the top bar shows the clock only."""
    page = _ChatPage(telegram, panel)
    return [
        Route("/", lambda _: RedirectResponse("/sim/"), methods=["GET"]),
        Route("/sim/", page.index, methods=["GET"]),
        Route("/sim/static/{name}", page.static, methods=["GET"]),
        Route("/sim/events", page.events, methods=["GET"]),
        Route("/sim/file/{file_id}", page.file, methods=["GET"]),
        Route("/sim/act", page.act, methods=["POST"]),
        Route("/sim/people", page.add_person, methods=["POST"]),
        Route("/sim/control", page.control, methods=["POST"]),
    ]


class _ChatPage:
    def __init__(self, telegram: SimulatedTelegram, panel: Panel | None) -> None:
        self._telegram = telegram
        self._world = telegram.world
        self._panel = panel

    async def index(self, _: Request) -> Response:
        return FileResponse(_PAGE / "index.html", media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            return Response("not found", 404)
        return FileResponse(_PAGE / name, media_type=_STATIC[name], headers={"Cache-Control": "no-cache"})

    async def file(self, request: Request) -> Response:
        file = self._world.files.get(request.path_params["file_id"])
        if file is None:
            return Response("not found", 404)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.file_name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(self._world.read_file(file), media_type=file.mime_type, headers=headers)

    async def events(self, _: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def act(self, request: Request) -> Response:
        if (asked := await _json(request)) is None:
            return _told("only JSON is taken", 415)
        user = self._world.users.get(asked.get("user_id", 0))
        doing = _ACTS.get(str(asked.get("act")))
        if user is None or user.is_bot or doing is None:
            return _told("unknown person or act", 400)
        try:
            doing(self._telegram.person(user.user_id), asked)
        except (ActRefused, LookupError) as error:
            return _told(str(error), 409)
        return JSONResponse({"ok": True})

    async def add_person(self, request: Request) -> Response:
        asked = await _json(request)
        name = str((asked or {}).get("first_name", "")).strip()[:64]
        if asked is None or not name:
            return _told("a person needs a name", 400)
        person = self._telegram.add_person(name, str(asked.get("language_code") or "") or None)
        return JSONResponse({"ok": True, "user_id": person.user_id})

    async def control(self, request: Request) -> Response:
        asked = await _json(request)
        if asked is None or self._panel is None:
            return _told("there is nothing to control", 400)
        told = await self._panel.control(str(asked.get("action")), float(asked.get("seconds", 0)))
        return _told(told, 200)

    async def _stream(self) -> AsyncIterator[str]:
        seen_revision, is_first = -1, True
        while True:
            if self._world.revision != seen_revision:
                event = self._event(seen_revision) | {"full": is_first}
                seen_revision, is_first = self._world.revision, False
                yield f"data: {json.dumps(event)}\n\n"
            await self._world.bell.heard()
            await asyncio.sleep(0)  # let what rang finish: one event for all of it

    def _event(self, since: int) -> dict[str, Any]:
        world = self._world
        return {
            "clock": world.now().isoformat(),
            "panel": self._panel.describe() if self._panel else None,
            "bot": {"username": BOT_USERNAME, "names": world.profile.names},
            "people": [self._person(person) for person in self._telegram.people()],
            "messages": [
                self._message(message)
                for chat_id, history in world.histories.items()
                if chat_id > 0
                for message in history.values()
                if message.revision > since
            ],
        }

    def _person(self, person: Person) -> dict[str, Any]:
        world, user = self._world, person.user
        language = (user.language_code or "").split("-")[0]
        queries = [one for one in world.queries.values() if one.user_id == user.user_id]
        told = [one for one in queries if one.text]
        return {
            "id": user.user_id,
            "name": user.first_name,
            "language": language,
            "blocked": user.blocked,
            "started": user.started,
            "action": world.actions.get(user.user_id),
            "bot_name": shown(world.profile.names, language),
            "description": shown(world.profile.descriptions, language),
            "commands": commands_shown(world.profile, user.user_id, language),
            "keyboard": [
                [{"text": button.text, "request": button.request} for button in row] for row in person.keyboard
            ],
            "spinning": [
                [one.message_id, one.data] for one in queries if not one.answered and world.at() - one.at < _SPINS_S
            ],
            "notice": {"id": told[-1].query_id, "text": told[-1].text, "alert": told[-1].is_alert} if told else None,
        }

    def _message(self, message: Message) -> dict[str, Any]:
        view = seen(message)
        file = message.content.get("document") or {}
        media = next((kind for kind in _MEDIA if kind in message.content), None)
        sender = "bot" if message.sender_id == BOT_ID else "own"
        if sender == "own" and message.sender_id != message.chat_id:
            sender = "friend"
        return {
            "chat": message.chat_id,
            "id": message.message_id,
            "from": sender,
            "name": self._world.users[message.sender_id].first_name,
            "date": message.date,
            "html": view.html,
            "text": view.text,
            "edited": view.is_edited,
            "deleted": view.is_deleted,
            "forwarded": "forward_origin" in message.content,
            "media": media,
            "detail": _detail(media, message.content),
            "file": {"id": file["file_id"], "name": file["file_name"], "size": file["file_size"]} if file else None,
            "buttons": [[{"text": one.text, "data": one.data, "url": one.url} for one in row] for row in view.buttons],
        }


def _detail(media: str | None, content: Mapping[str, Any]) -> str:
    if media == "sticker":
        return str(content["sticker"]["emoji"])
    if media == "contact":
        return f"{content['contact']['first_name']} \u2066{content['contact']['phone_number']}\u2069"
    if media == "location":
        return f"{content['location']['latitude']:.4f}, {content['location']['longitude']:.4f}"
    if media == "poll":
        return str(content["poll"]["question"])
    if media == "dice":
        return str(content["dice"]["value"])
    if media == "voice":
        return f"0:{content['voice']['duration']:02d}"
    return ""


def _own_number(person: Person) -> str:
    return f"+20100{person.user_id % 10_000_000:07d}"


def _press(person: Person, asked: Mapping[str, Any]) -> None:
    label = str(asked.get("text", ""))
    request = next((one.request for row in person.keyboard for one in row if one.text == label), None)
    if request == "request_contact":
        person.share_contact(_own_number(person))
    else:
        person.press_reply(label)


def _pass_on(person: Person, asked: Mapping[str, Any]) -> None:
    acts.pass_on(person.world, person.user_id, int(asked["to"]), str(asked.get("text", "")))


_Act = Callable[[Person, Mapping[str, Any]], object]
_ACTS: dict[str, _Act] = {
    "send": lambda person, asked: person.send(str(asked.get("text", ""))),
    "edit": lambda person, asked: person.edit(str(asked.get("text", "")), int(asked["message_id"])),
    "start": lambda person, asked: person.start(str(asked.get("text", ""))),
    "tap": lambda person, asked: person.tap_data(str(asked["data"]), int(asked["message_id"])),
    "press": _press,
    "sticker": lambda person, _: person.send_sticker(),
    "photo": lambda person, asked: person.send_photo(str(asked.get("text", "")) or None),
    "voice": lambda person, _: person.send_voice(),
    "document": lambda person, asked: person.send_document(caption=str(asked.get("text", "")) or None),
    "location": lambda person, _: person.send_location(),
    "contact": lambda person, _: person.share_contact(_own_number(person)),
    "other_contact": lambda person, _: person.share_contact("+201112223334", 777, "Hoda"),
    "poll": lambda person, _: person.send_poll(),
    "dice": lambda person, _: person.send_dice(),
    "forward": lambda person, asked: person.forward(str(asked.get("text", "")) or "Forwarded words"),
    "block": lambda person, _: person.block(),
    "unblock": lambda person, _: person.unblock(),
    "pass_on": _pass_on,
}


async def _json(request: Request) -> dict[str, Any] | None:
    # only JSON: a form of some other site in the same browser cannot send it unasked
    if not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        asked = json.loads(await request.body())
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None


def _told(text: str, status: int) -> Response:
    return JSONResponse({"ok": status == 200, "told": text}, status)
