"""A message as folded tokens: words, numbers, numeric dates, clock times and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.texts import ascii_digits, clean, fold_name

LONGEST = 4096  # characters, as long as Telegram's messages get; what stands after them is not read

_TOKEN = re.compile(
    r"""
      (?P<iana>(?:africa|america|asia|atlantic|australia|europe|indian|pacific)/[a-z_]+(?:/[a-z_]+)?)
    | (?P<date>\d{1,4}\s?(?P<sep>[/\-–.])\s?\d{1,2}\s?(?P=sep)\s?\d{1,4}(?!\d))
    | (?P<time>\d{1,2}\s?:\s?\d{2}(?::\d{2})?(?!\d))
    | (?P<pair>\d{1,2}(?:\s?[/–]\s?|[\-.])\d{1,2}(?!\d|[/\-.]\d))
    | (?P<suffixed>\d{1,4}(?:[.]\d{1,2})?[a-z][a-z0-9]*)
    | (?P<number>\d+(?:[.,]\d+)*)
    | (?P<arabic>[\u0621-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\u0750-\u077f\u0640\ufb50-\ufdff\ufe70-\ufefc'’]+)
    | (?P<vulgar>[½¼¾])
    | (?P<latin>[^\W\d_](?:[^\W_]|['’`])*)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_SUFFIX = re.compile(
    r"(\d{1,4}(?:\.\d{1,2})?)(am|pm|a|p|st|nd|rd|th|h|hr|hrs|hour|hours|m|min|mins|mn|mns|mnts?|d|days?|wks?|w|sec|secs|s|ish)"
)
_HOURS_MINUTES = re.compile(r"(\d{1,2})h(\d{2})(?:m|min|mn)?")
_DOTTED_HALF = re.compile(r"(?<![^\W\d_])([ap])\.\s?m\b\.?")
_SPELT = {"a": "am", "p": "pm", "d": "days", "w": "weeks", "s": "seconds", "m": "minutes"}
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑–](?=[^\W\d_])")
_ABBREVIATED = re.compile(
    r"(?<![^\W_])(sun|mon|tues?|weds?|thu|thurs?|fri|sat|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mins?|hrs?|secs?)\."
)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """`text` is folded, in lower case; `shape` is word, number, date, pair, time, hours, ordinal, zone or mark."""

    shape: str
    text: str


def tokenise(text: str) -> list[Token]:
    """The tokens of the first 4,096 characters. Digits of all scripts are 0-9, what cannot be seen is gone."""
    plain = _HYPHEN.sub(" ", clean(text[:LONGEST]))
    plain = ascii_digits(plain).casefold().replace("−", "-").replace("﹣", "-").replace("：", ":").replace("\\", "/")
    plain = _DOTTED_HALF.sub(r"\1m", _STRETCHED.sub(r"\1\1", plain))
    plain = _ABBREVIATED.sub(r"\1 ", plain)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(plain):
        if tokens and tokens[-1].shape == "mark" and match.group() == tokens[-1].text:
            continue
        tokens.extend(_tokens(match))
    return tokens


def _tokens(match: re.Match[str]) -> list[Token]:
    shape = str(match.lastgroup if match.lastgroup != "sep" else "date")
    text = match.group()
    if shape in ("arabic", "latin"):
        return [Token(shape="word", text=part) for part in _folded(text).split()]
    if shape == "suffixed":
        return _suffixed(text)
    if shape == "vulgar":
        return [Token(shape="mark", text=text)]
    if shape == "iana":
        return [Token(shape="zone", text=text)]
    if shape in ("date", "pair", "time"):
        text = re.sub(r"\s", "", text).replace("–", "-")
    return [Token(shape=shape, text=text)]


def _suffixed(text: str) -> list[Token]:
    if found := _HOURS_MINUTES.fullmatch(text):
        return [Token(shape="hours", text=f"{found[1]}:{found[2]}")]
    if not (found := _SUFFIX.fullmatch(text)):
        return [Token(shape="word", text=_folded(text))]
    number, suffix = found.groups()
    if suffix in ("st", "nd", "rd", "th"):
        return [Token(shape="ordinal", text=number)]
    if suffix == "h" and "." not in number:
        return [Token(shape="hours", text=number)]
    shape = "pair" if "." in number else "number"
    return [
        Token(shape=shape, text=number),
        Token(shape="word", text=_SPELT.get(suffix, suffix)),
    ]


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold_name(word)
