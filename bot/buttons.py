"""The data behind each inline button: one module, versioned, at most 64 bytes.

Old messages keep their buttons for ever, so an action is never reused for something else; data of an unknown
version or action decodes to None and is answered like any old button: with where the person stands now.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "1"
MAX_BYTES = 64

# The form. The question comes with the press, so that a late one is known for what it is.
ANSWER = "a"  # question, option code; of several choices also TICK or UNTICK
DONE = "d"  # question: several choices are ticked
SKIP = "s"  # question
BACK = "b"  # question
KEEP = "k"  # question: go on with the answer it has
EDIT = "e"  # question: correct it
EDIT_LIST = "el"
REVIEW = "rv"
CONFIRM = "ok"
WHY = "w"  # question: why it is asked
CANCEL = "x"
CANCEL_YES = "xy"
CANCEL_UNDO = "xu"
RESUME = "rs"

TICK, UNTICK = "1", "0"

# Around the form.
LANGUAGE = "l"  # "ar" or "en"
REGISTER = "rg"
MINE = "m"
CORRECT = "mc"
WITHDRAW = "mw"
WITHDRAW_YES = "my"
ZONE = "mz"
FORWARD = "mf"
SAME_PERSON = "dy"  # other registration's number
NOT_SAME_PERSON = "dn"  # other registration's number

# Young people, guardians and children. A mark is the beginning of a link's key, a code what the office is quoted.
YOUNG_LINK = "yl"
YOUNG_KNOWS = "yk"  # code: the young person knows who agreed
YOUNG_KNOWS_NOT = "yn"  # code
GUARDIAN_DECLARE = "gd"  # mark
GUARDIAN_LEAVE = "gl"  # mark
GUARDIAN_AGREE = "ga"  # mark
GUARDIAN_REFUSE = "gr"  # mark
GUARDIAN_WITHDRAW = "gw"  # code
GUARDIAN_WITHDRAW_YES = "gy"  # code
CHILD_BEGIN = "cg"
CHILD_DECLARE = "cd"
CHILD_LEAVE = "cl"
CHILD_BAND = "cb"  # age band
CHILD_WITHDRAW = "cw"  # number
CHILD_WITHDRAW_YES = "cy"  # number

# What is held about a person.
DATA = "pd"
DATA_JSON = "pj"
DATA_TEXT = "pt"
DATA_ERASE = "pe"
DATA_ERASE_YES = "py"
DATA_KEEP_DRAFT = "pk"

# Organisers.
ORG_HOME = "oh"
ORG_CSV = "oc"
ORG_XLSX = "ox"
ORG_FIND = "of"
ORG_OPEN = "oo"  # number
ORG_WITHDRAW = "ow"  # number
ORG_WITHDRAW_YES = "oy"  # number
ORG_NOTE = "on"  # number
ORG_EDIT = "oe"  # number
ORG_EDIT_QUESTION = "oq"  # number, question

ORG_CONSENT = "oa"
ORG_CONSENT_HOW = "ob"  # code, how
ORG_CONSENT_END = "od"  # code
ORG_BAND = "og"  # code, age band
ORG_QUESTIONS = "os"

# Answers to questions. (constants of bot.answers)

# A disclosure and its reply. (constants of bot.safeguarding)

# A question passed on. (constants of bot.enquiries)

# What organisers edit in the chat. (constants of bot.overlay)

ANSWER_ACTIONS: frozenset[str] = frozenset()
SAFE_ACTIONS: frozenset[str] = frozenset()
ENQUIRY_ACTIONS: frozenset[str] = frozenset()
OVERLAY_ACTIONS: frozenset[str] = frozenset()
YOUTH_ACTIONS = frozenset(
    {
        YOUNG_LINK, YOUNG_KNOWS, YOUNG_KNOWS_NOT, GUARDIAN_DECLARE, GUARDIAN_LEAVE, GUARDIAN_AGREE, GUARDIAN_REFUSE,
        GUARDIAN_WITHDRAW, GUARDIAN_WITHDRAW_YES, CHILD_BEGIN, CHILD_DECLARE, CHILD_LEAVE, CHILD_BAND,
        CHILD_WITHDRAW, CHILD_WITHDRAW_YES,
    }
)  # fmt: skip
DATA_ACTIONS = frozenset({DATA, DATA_JSON, DATA_TEXT, DATA_ERASE, DATA_ERASE_YES, DATA_KEEP_DRAFT})
ROOM_ACTIONS = ANSWER_ACTIONS | SAFE_ACTIONS | ENQUIRY_ACTIONS | OVERLAY_ACTIONS
ACTIONS = ROOM_ACTIONS | YOUTH_ACTIONS | DATA_ACTIONS | frozenset(
    {
        ANSWER, DONE, SKIP, BACK, KEEP, EDIT, EDIT_LIST, REVIEW, CONFIRM, WHY, CANCEL, CANCEL_YES, CANCEL_UNDO,
        RESUME, LANGUAGE, REGISTER, MINE, CORRECT, WITHDRAW, WITHDRAW_YES, ZONE, FORWARD, SAME_PERSON,
        NOT_SAME_PERSON, ORG_HOME, ORG_CSV, ORG_XLSX, ORG_FIND, ORG_OPEN, ORG_WITHDRAW, ORG_WITHDRAW_YES,
        ORG_NOTE, ORG_EDIT, ORG_EDIT_QUESTION, ORG_CONSENT, ORG_CONSENT_HOW, ORG_CONSENT_END, ORG_BAND,
        ORG_QUESTIONS,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pressed:
    """A decoded button: what it does and with which arguments."""

    action: str
    arguments: tuple[str, ...] = ()


def data(action: str, *arguments: str) -> str:
    """Callback data for `action`. Raises ValueError over 64 bytes, or for an argument with a colon."""
    if action not in ACTIONS or any(":" in a for a in arguments):
        raise ValueError(f"not button data: {action!r} {arguments!r}")
    text = ":".join((VERSION, action, *arguments))
    if len(text.encode()) > MAX_BYTES:
        raise ValueError(f"button data over {MAX_BYTES} bytes: {text!r}")
    return text


def read(text: str) -> Pressed | None:
    """The inverse of `data`; None for what this version does not know."""
    version, _, rest = text.partition(":")
    action, *arguments = rest.split(":")
    if version != VERSION or action not in ACTIONS:
        return None
    return Pressed(action, tuple(arguments))
