"""What was understood of a text: an answer, suggestions, nothing, or that somebody may be in need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["answer", "suggest", "none", "distress"]
Lang = Literal["ar", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A text that leans on the entry answered before ("and in Beirut?", «وبالعربي؟», "when is that?").

    `lang` asks for the same answer in that language; `place` is the place named, as typed; `more` asks for more.
    """

    lang: Lang | None = None
    place: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do about a text.

    `entries` are FAQ entry ids, best first, at most 3: for "answer" the first is said at once and the others are
    near enough for "did you mean" buttons (only those, so often none); for "suggest" they are the buttons; else none.
    `score` is 0..1, the probability given to the first entry (for "distress" that of distress). `lang` is the
    language of the text itself. `second` is the entry that answers a second question in the same message.
    `distress_kinds` says what kind of harm it may be (self_harm, sexual, grooming, blackmail, bullying, violence,
    third_party), likeliest first, for the focal point's flag only. `signals` explain, for `ask --explain`; they
    hold words of the text and are never logged or stored.
    """

    kind: Kind
    entries: tuple[str, ...] = ()
    score: float = 0.0
    lang: Lang = "en"
    second: str | None = None
    distress_kinds: tuple[str, ...] = ()
    follow_up: FollowUp | None = None
    signals: tuple[str, ...] = ()
