"""What a person is shown: text with buttons. Made by the core, carried by `bot.delivery`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

MAX_TEXT = 4096  # UTF-16 units, stricter than Telegram's code points
MAX_BUTTONS = 100
MAX_BUTTONS_A_ROW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button: either `data` (callback data, at most 64 bytes) or `url`. `label` is plain text."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyKeyboard:
    """Buttons in place of the phone's keyboard; a press arrives as text. `contact` asks for the own number."""

    contact: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to send. `content` is what is in it; it is never written to the outbox as text of a person."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message to a person. `text` is Telegram HTML, already escaped; `template` names it in logs.

    `fold` says that a later folding screen of the same chat replaces this one while it still waits to be
    sent (a question asked again), so that after an outage one screen arrives and not five.
    `remove_keyboard` takes a reply keyboard away (Telegram allows that only on a message without buttons).
    `reply_to` is the message it answers, so that a press under it brings that message's text along and none of it
    need be stored. `deletes` are messages to take from the chat instead of showing anything.
    """

    template: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    reply_keyboard: ReplyKeyboard | None = None
    remove_keyboard: bool = False
    document: Document | None = None
    fold: bool = False
    reply_to: int | None = None
    deletes: tuple[int, ...] = ()

    def mirrored(self) -> Screen:
        """The same screen for a right-to-left reader: apps lay every row of buttons out from the left."""
        reply = self.reply_keyboard
        return replace(
            self,
            rows=tuple(row[::-1] for row in self.rows),
            reply_keyboard=replace(reply, rows=tuple(row[::-1] for row in reply.rows)) if reply else None,
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-able; the inverse of `from_dict`. A document's bytes become base64."""
        import base64

        out: dict[str, Any] = {"template": self.template, "text": self.text}
        if self.rows:
            out["rows"] = [
                [{"t": b.label, **({"d": b.data} if b.data is not None else {"u": b.url})} for b in row]
                for row in self.rows
            ]
        if self.reply_keyboard:
            out["reply"] = {
                "contact": self.reply_keyboard.contact,
                "rows": [list(r) for r in self.reply_keyboard.rows],
            }
        if self.remove_keyboard:
            out["remove"] = True
        if self.reply_to is not None:
            out["reply_to"] = self.reply_to
        if self.deletes:
            out["deletes"] = list(self.deletes)
        if self.document:
            out["document"] = {
                "name": self.document.name,
                "type": self.document.media_type,
                "b64": base64.b64encode(self.document.content).decode(),
            }
        return out

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Screen:
        """The screen that `to_dict` wrote (without `fold`, which only matters before it is stored)."""
        import base64

        reply, document = data.get("reply"), data.get("document")
        return cls(
            template=data["template"],
            text=data["text"],
            rows=tuple(
                tuple(Button(label=b["t"], data=b.get("d"), url=b.get("u")) for b in row)
                for row in data.get("rows", ())
            ),
            reply_keyboard=ReplyKeyboard(contact=reply["contact"], rows=tuple(tuple(r) for r in reply["rows"]))
            if reply
            else None,
            remove_keyboard=bool(data.get("remove")),
            reply_to=data.get("reply_to"),
            deletes=tuple(data.get("deletes", ())),
            document=Document(
                name=document["name"],
                content=base64.b64decode(document["b64"]),
                media_type=document["type"],
            )
            if document
            else None,
        )
