"""nickname: one given name or a nickname, and nothing by which a stranger finds a child."""

from __future__ import annotations

import unicodedata
from typing import Any

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import Problem
from bot.dialogue.kinds.private_words import has_address
from bot.dialogue.kinds.text import OwnWords
from bot.texts import fold_name

DIGITS = 4  # so many are a year of birth, more are a telephone number: neither is kept
_BETWEEN = frozenset(" -'’‘ʼـ\u200c\u200d")
# Words that name where a child is rather than who. Folded: case, hamza seats and ta marbuta made equal.
_PLACES = frozenset(
    {"school", "university", "college", "company", "ministry", "club", "academy", "class", "street"}
    | {"مدرسه", "جامعه", "معهد", "شركه", "وزاره", "نادي", "اكاديميه", "كليه", "شارع", "الصف", "صف"}
)
# Given names of two words. After the first group any word makes one name (عبد الله، أم كلثوم), after the second only
# those of the third (نور الدين, Seif El-Islam); any other second word is taken for a surname.
_TAKES_ANY = frozenset(
    {"عبد", "ام", "ابو", "ابي", "ابا", "امه"}
    | {"abd", "abdel", "abdul", "abdal", "abdu", "umm", "um", "om", "oum", "abu", "abou"}
)
_TAKES_FAITH = frozenset(
    {
        "نور",
        "سيف",
        "عز",
        "علاء",
        "بهاء",
        "صلاح",
        "عماد",
        "شمس",
        "جمال",
        "كمال",
        "خير",
        "زين",
        "نصر",
        "فتح",
        "جار",
        "عطا",
    }
    | {"nour", "noor", "nur", "seif", "saif", "ezz", "izz", "alaa", "ala", "bahaa", "salah", "emad", "imad", "shams"}
    | {"gamal", "jamal", "kamal", "zein", "zain", "nasr", "fath", "ata"}
)
_FAITH = frozenset(
    {"الدين", "الله", "الاسلام", "الهدي", "النبي", "الحق", "العابدين"}
    | {
        "din",
        "deen",
        "eldin",
        "aldin",
        "eldeen",
        "aldeen",
        "eddine",
        "uddin",
        "addin",
        "allah",
        "ullah",
        "islam",
        "hoda",
    }
)
_ARTICLES = frozenset({"el", "al", "ad", "ed", "ul", "ur", "ar", "as"})


class Nickname(OwnWords):
    """One word, or a given name of two such as «عبد الله», «أم كلثوم», "Nour El-Din"; letters only."""

    name = "nickname"
    limit = 40

    def fault_of(self, text: str) -> Problem | None:
        if has_address(text):
            return Problem(code="nickname_address")
        if sum(c.isdecimal() for c in text) > DIGITS:
            return Problem(code="nickname_phone")
        if text.startswith("/") or not all(c.isalpha() or c in _BETWEEN or _is_mark(c) for c in text):
            return Problem(code="nickname_letters")
        if not any(c.isalpha() and c != "ـ" for c in text):
            return Problem(code="nickname_letters")
        return None if is_one_name(text) else Problem(code="nickname_only")

    def still_valid(self, question: Question, value: Any) -> bool:
        return super().still_valid(question, value) and self.fault_of(value) is None


def is_one_name(text: str) -> bool:
    """Whether it is a single given name or nickname, compound ones included."""
    words = [folded for word in text.split() if (folded := fold_name(word))]
    if _PLACES & set(" ".join(words).split()):
        return False
    if len(words) < 2:
        return len(words) == 1
    lead, *rest = words
    second = [word for word in " ".join(rest).split() if word not in _ARTICLES]
    if lead not in _TAKES_ANY | _TAKES_FAITH or len(second) != 1:
        return False
    return lead in _TAKES_ANY or second[0] in _FAITH


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"
