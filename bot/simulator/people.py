"""A person with a Telegram app: what they see and what they can do. Tests, chaos runs and the page use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.simulator import acts
from bot.simulator.acts import ActRefused
from bot.simulator.entities import to_html
from bot.simulator.formatted import as_typed
from bot.simulator.state import BOT_ID, Chat, Message, User

if TYPE_CHECKING:
    from bot.simulator.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button as seen: `data` of an inline one, `url` of a link, `request` of a reply keyboard's."""

    text: str
    data: str | None = None
    url: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMessage:
    """A message of the bot as it stands now. `text` is plain text, or the caption; `entities` as on the wire."""

    chat_id: int
    message_id: int
    date: datetime
    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[Button, ...], ...] = ()
    is_edited: bool = False
    is_deleted: bool = False
    document: Mapping[str, Any] | None = None
    revision: int = 0

    @property
    def html(self) -> str:
        """The text with its entities as Bot API tags; what Telegram links by itself is linked."""
        return to_html(self.text, self.entities)

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts of its inline buttons, in reading order."""
        return tuple(button.text for row in self.buttons for button in row)

    def button(self, label_or_data: str) -> Button | None:
        """The inline button whose text or data is, or else whose text contains, what is asked."""
        every = [button for row in self.buttons for button in row]
        exact = [one for one in every if label_or_data in (one.text, one.data)]
        return next(iter(exact or [one for one in every if label_or_data in one.text]), None)


def seen(message: Message) -> SeenMessage:
    """The message as its reader sees it."""
    text = message.content.get("text", message.content.get("caption", ""))
    entities = message.content.get("entities", message.content.get("caption_entities", ()))
    inline = (message.inline or {}).get("inline_keyboard", ())
    keyboard = (message.reply or {}).get("keyboard", ())
    return SeenMessage(
        chat_id=message.chat_id,
        message_id=message.message_id,
        date=datetime.fromtimestamp(message.date, UTC),
        text=text,
        entities=tuple(entities),
        buttons=tuple(
            tuple(Button(text=one["text"], data=one.get("callback_data"), url=one.get("url")) for one in row)
            for row in inline
        ),
        keyboard=tuple(tuple(_reply_button(one) for one in row) for row in keyboard),
        is_edited=message.edit_date is not None,
        is_deleted=message.deleted,
        document=message.content.get("document"),
        revision=message.revision,
    )


def _reply_button(button: Mapping[str, Any]) -> Button:
    request = next((name for name in button if name.startswith("request_")), None)
    return Button(text=button["text"], request=request)


Wanted = str | Callable[[SeenMessage], bool]


class Person:
    """Acts are plain calls; only waiting is awaited. Two Persons of one user are the same person."""

    def __init__(self, world: World, user_id: int) -> None:
        self._world = world
        self.user_id = user_id
        self._mark = world.revision

    @property
    def world(self) -> World:
        """Where the person lives."""
        return self._world

    @property
    def user(self) -> User:
        """The person's account as it is now."""
        return self._world.users[self.user_id]

    # seeing

    @property
    def messages(self) -> list[SeenMessage]:
        """What the bot wrote in the private chat and has not deleted, oldest first."""
        return self.messages_in(self.user_id)

    def messages_in(self, chat_id: int) -> list[SeenMessage]:
        """What the bot wrote in a chat and has not deleted, oldest first."""
        return self._seen_since(-1, chat_id)

    @property
    def last(self) -> SeenMessage:
        """The bot's newest message. LookupError if there is none."""
        if not (messages := self.messages):
            raise LookupError("the bot has not written yet")
        return messages[-1]

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """The reply keyboard that is open now."""
        for message in reversed(list(self._world.histories[self.user_id].values())):
            if message.reply is not None and not message.deleted:
                return seen(message).keyboard
        return ()

    @property
    def notices(self) -> list[str]:
        """What answers to taps have said in a bubble or a box, oldest first."""
        queries = self._world.queries.values()
        return [query.text for query in queries if query.user_id == self.user_id and query.text]

    @property
    def spinning(self) -> list[str]:
        """Taps the bot has not answered: ids of their callback queries."""
        queries = self._world.queries.values()
        return [one.query_id for one in queries if one.user_id == self.user_id and not one.answered]

    def news(self) -> list[SeenMessage]:
        """The bot's messages written or edited since the person last did something."""
        return self._seen_since(self._mark, self.user_id)

    async def wait_for(self, wanted: Wanted, timeout_s: float = 10, *, anywhere: bool = False) -> SeenMessage:
        """The newest message, written or edited since the person last did something, that fits.

        `wanted` is part of its plain text, or a test of it; `anywhere` looks at old messages too.
        AssertionError with the chat's end after `timeout_s` real seconds.
        """

        def fits(message: SeenMessage) -> bool:
            return wanted in message.text if isinstance(wanted, str) else wanted(message)

        def found() -> list[SeenMessage]:
            return [one for one in (self.messages if anywhere else self.news()) if fits(one)]

        if not await self._world.bell.until(lambda: bool(found()), timeout_s):
            raise AssertionError(f"no message fits {wanted!r} after {timeout_s} s; the chat:\n{self.transcript()}")
        return max(found(), key=lambda message: message.revision)

    async def wait_for_messages(self, count: int, timeout_s: float = 10) -> list[SeenMessage]:
        """At least `count` messages written or edited since the person last did something."""
        if not await self._world.bell.until(lambda: len(self.news()) >= count, timeout_s):
            raise AssertionError(
                f"{len(self.news())} of {count} messages after {timeout_s} s; the chat:\n{self.transcript()}"
            )
        return self.news()

    def transcript(self, last: int = 8) -> str:
        """The end of the private chat in plain text, for failure messages and eyes."""
        lines = []
        for message in list(self._world.histories[self.user_id].values())[-last:]:
            who = "bot" if message.sender_id == BOT_ID else self.user.first_name
            shown = seen(message)
            text = shown.text or f"({', '.join(message.content)})"
            lines.append(f"{who}: {text}{' (deleted)' if message.deleted else ''}")
            lines += [" | ".join(f"[{button.text}]" for button in row) for row in shown.buttons]
        return "\n".join(lines)

    # acting

    def send(self, text: str, *, chat: Chat | int | None = None, reply_to: int | None = None) -> int:
        """Type and send a text; commands and links are marked. The (last) message's id."""
        return acts.post_text(self._world, self.user_id, self._chat_id(chat), text, reply_to=reply_to)[-1].message_id

    def start(self, payload: str = "") -> int:
        """Press Start, or open a link with a payload; unblocks first, as the app does."""
        if self.user.blocked:
            self.unblock()
        return self.send(f"/start {payload}".strip())

    def tap(
        self,
        label_or_data: str,
        message: SeenMessage | int | None = None,
        *,
        forgotten: bool = False,
        chat: Chat | int | None = None,
    ) -> str:
        """Tap an inline button: of `message`, or of the newest message that has it. The query's id.

        A message that is gone, or a SeenMessage of an earlier state, may be tapped as an app with an
        old picture would: its data is sent all the same. `forgotten`: the bot gets no message with it.
        """
        chat_id = self._chat_id(chat)
        holder, button = self._find_button(label_or_data, message, chat_id)
        if button.data is None:
            raise ActRefused(f"«{button.text}» sends nothing to the bot: it opens {button.url}")
        return acts.tap(
            self._world, self.user_id, chat_id, holder.message_id, button.data, forgotten=forgotten
        ).query_id

    def tap_data(self, data: str, message_id: int, *, forgotten: bool = False) -> str:
        """Tap with any data on any message id, as a modified app could. The query's id."""
        self._acted()
        return acts.tap(self._world, self.user_id, self.user_id, message_id, data, forgotten=forgotten).query_id

    def press_reply(self, label: str) -> int:
        """Press a button of the reply keyboard: its text is sent, or the contact it asks for."""
        buttons = [button for row in self.keyboard for button in row]
        button = next((one for one in buttons if one.text == label), None)
        if button is None:
            raise LookupError(f"no {label!r} on the reply keyboard: {[one.text for one in buttons]}")
        if button.request == "request_contact":
            return self.share_contact("+201001234567")
        if button.request == "request_location":
            return self.send_location(30.0444, 31.2357)
        return self.send(label)

    def share_contact(self, phone: str, user_id: int | None = -1, first_name: str | None = None) -> int:
        """Share a contact: by default the person's own; another user's, or None for one without Telegram."""
        contact: dict[str, Any] = {"phone_number": phone, "first_name": first_name or self.user.first_name}
        if user_id is not None:
            contact["user_id"] = self.user_id if user_id == -1 else user_id
        return self.raw_message({"contact": contact})

    def send_sticker(self, emoji: str = "👍") -> int:
        """A sticker."""
        file = self._file("sticker.webp", "image/webp", b"RIFF....WEBP", "stickers")
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.raw_message({"sticker": file | shape | {"emoji": emoji}})

    def send_photo(self, caption: str | None = None) -> int:
        """A photo, with a caption perhaps."""
        file = self._file("photo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 a photo", "photos")
        return self.raw_message(
            {"photo": [file | {"width": 90, "height": 60}, file | {"width": 1280, "height": 853}]}
            | acts.caption_content(caption)
        )

    def send_voice(self, seconds: int = 4) -> int:
        """A voice message."""
        file = self._file("voice.ogg", "audio/ogg", b"OggS a voice", "voice")
        return self.raw_message({"voice": file | {"duration": seconds, "mime_type": "audio/ogg"}})

    def send_document(
        self,
        file_name: str = "letter.pdf",
        data: bytes = b"%PDF-1.7",
        *,
        mime_type: str = "application/pdf",
        caption: str | None = None,
    ) -> int:
        """A file with the given bytes; the bot can download it."""
        file = self._file(file_name, mime_type, data, "documents")
        return self.raw_message(
            {"document": file | {"file_name": file_name, "mime_type": mime_type}} | acts.caption_content(caption)
        )

    def send_location(self, latitude: float = 30.0444, longitude: float = 31.2357) -> int:
        """A place."""
        return self.raw_message({"location": {"latitude": latitude, "longitude": longitude}})

    def send_poll(self, question: str = "When?", options: tuple[str, ...] = ("Today", "Tomorrow")) -> int:
        """A poll of the person's."""
        poll = {
            "id": str(self._world.serial()),
            "question": question,
            "options": [
                {"text": one, "voter_count": 0, "persistent_id": str(place)} for place, one in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
        return self.raw_message({"poll": poll})

    def send_dice(self, value: int = 3) -> int:
        """A die."""
        return self.raw_message({"dice": {"emoji": "🎲", "value": value}})

    def forward(self, text: str, *, from_name: str = "Somebody") -> int:
        """A text forwarded from somebody who hides their account."""
        origin = {"type": "hidden_user", "sender_user_name": from_name, "date": int(self._world.at()) - 60}
        return self.raw_message({"forward_origin": origin} | acts.text_content(as_typed(text)))

    def edit(self, text: str, message_id: int | None = None) -> int:
        """Change an own message, by default the last. Its id."""
        self._acted()
        history = self._world.histories[self.user_id]
        own = [one for one in history.values() if one.sender_id == self.user_id and not one.deleted]
        message = own[-1] if message_id is None else history[message_id]
        return acts.edit_text(self._world, message, text).message_id

    def raw_message(self, content: Mapping[str, Any], *, chat: Chat | int | None = None) -> int:
        """A message of any content, unchecked and uncleaned. Its id."""
        chat_id = self._chat_id(chat)
        return acts.post(self._world, self.user_id, chat_id, content).message_id

    def raw(self, update: Mapping[str, Any]) -> None:
        """An update of any kind and content without its id: `{"message": {...}}`. Unchecked."""
        self._acted()
        for kind, payload in update.items():
            self._world.queue_update(kind, payload, f"chat:{self.user_id}")

    def block(self) -> None:
        """Block the bot."""
        self._acted()
        acts.set_blocked(self._world, self.user_id, True)

    def unblock(self) -> None:
        """Unblock it again."""
        self._acted()
        acts.set_blocked(self._world, self.user_id, False)

    def deactivate(self) -> None:
        """Delete the account."""
        self._acted()
        acts.deactivate(self._world, self.user_id)

    def _seen_since(self, revision: int, chat_id: int) -> list[SeenMessage]:
        return [
            seen(one)
            for one in self._world.histories[chat_id].values()
            if one.revision > revision and one.sender_id == BOT_ID and not one.deleted
        ]

    def _acted(self) -> None:
        self._mark = self._world.revision

    def _chat_id(self, chat: Chat | int | None) -> int:
        self._acted()
        if chat is None:
            return self.user_id
        return chat if isinstance(chat, int) else chat.chat_id

    def _file(self, file_name: str, mime_type: str, data: bytes, folder: str) -> dict[str, Any]:
        return self._world.add_file(data, file_name=file_name, mime_type=mime_type, folder=folder).api()

    def _find_button(
        self, label_or_data: str, message: SeenMessage | int | None, chat_id: int
    ) -> tuple[SeenMessage, Button]:
        if isinstance(message, SeenMessage):
            candidates = [message]
        elif message is not None:
            candidates = [seen(self._world.histories[chat_id][message])]
        else:
            candidates = list(reversed(self.messages_in(chat_id)))
        for candidate in candidates:
            if (button := candidate.button(label_or_data)) is not None:
                return candidate, button
        raise LookupError(f"no button {label_or_data!r}; the chat:\n{self.transcript()}")
