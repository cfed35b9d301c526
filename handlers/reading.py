"""What raw updates say to the FAQ: asked before their transaction, in a thread, many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.faq.decision import Decision
from bot.incoming import Text, Unreadable
from handlers.parse import Unparsable, parse


class Asked(Protocol):
    """What is asked: `bot.faq.understanding.Understanding`."""

    def decide_many(self, texts: Sequence[str]) -> list[Decision]: ...


def says_something(raw: str) -> bool:
    """A first look: whether a raw update may hold words of a person. Buttons and commands are most of the rest."""
    return '"callback_query"' not in raw and ('"text"' in raw or '"caption"' in raw)


def reader(understanding: Callable[[], Asked]) -> Callable[[Sequence[str]], list[Decision | None]]:
    """A function from raw updates to what each says; None for a command, a group's talk, or what can't be parsed.

    `understanding()` is asked anew each time, so that changed content is taken up.
    """

    def read(raws: Sequence[str]) -> list[Decision | None]:
        words = [_words(raw) for raw in raws]
        spoken = [text for text in words if text]
        decisions = iter(understanding().decide_many(spoken) if spoken else ())
        return [next(decisions) if text else None for text in words]

    return read


def _words(raw: str) -> str:
    try:
        incoming = parse(raw, "")
    except Unparsable:
        return ""  # the transaction meets it again and sets it aside with its reason
    match incoming:
        case Text(command=None, text=text):
            return text.strip()
        case Unreadable(caption=caption):
            return caption.strip()
        case _:
            return ""
