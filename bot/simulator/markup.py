"""Telegram's HTML: parsed as its server parses it, refused in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.entities import Entity
from bot.simulator.errors import ApiError, bad_request

_KIND_OF = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_ARGUMENT_OF = {
    ("a", "href"): "url",
    ("tg-emoji", "emoji-id"): "custom_emoji_id",
    ("tg-time", "unix"): "unix_time",
    ("tg-time", "format"): "date_time_format",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))(;?)")
_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")
_SPACE = " \t\r\n\x00\x0b"
_DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


@dataclass(slots=True)
class _Tag:
    name: str
    begin: int
    start: int
    arguments: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text of Bot API HTML and its entities. Raises ApiError as Telegram does."""
    return _Parser(source).parsed()


def checked_link(url: str) -> str | None:
    """The link if Telegram would make it one: http, https or tg, with a host that has a dot."""
    candidate = url.strip()
    if "://" not in candidate:
        candidate = candidate if candidate.startswith(("tg:", "ton:")) else f"http://{candidate}"
    try:
        parts = urlsplit(candidate)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme in {"tg", "ton"}:
        return candidate
    if parts.scheme not in {"http", "https"} or re.search(r"\s", candidate):
        return None
    return candidate if re.fullmatch(r"[^\s.]+(?:\.[^\s.]+)+", host) else None


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._open: list[_Tag] = []
        self._entities: list[Entity] = []

    def parsed(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source):
            character = self._source[self._at]
            if character == "&":
                self._text.append(self._reference() or self._take())
            elif character == "<" and self._source[self._at + 1 : self._at + 2] == "/":
                self._end_tag()
            elif character == "<":
                self._start_tag()
            else:
                self._text.append(self._take())
        if self._open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return "".join(self._text), self._entities

    def _take(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _offset(self, index: int) -> int:
        return len(self._source[:index].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str | None:
        match = _REFERENCE.match(self._source, self._at)
        if match is None:
            return None
        hexadecimal, decimal, name, end = match.groups()
        if name is not None:
            found = _NAMED.get(name)
        else:
            digits = hexadecimal or decimal
            code = int(digits, 16 if hexadecimal else 10) if digits else 0
            is_known = 0 < code < 0x10FFFF and match.end() - len(end) - match.start() < 10
            found = chr(code) if is_known else None
        if found is not None:
            self._at = match.end()
        return found

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._at < len(self._source) and self._source[self._at] not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._until(_SPACE + ">").lower()
        place = self._offset(begin)
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {place}")
        if name not in _KIND_OF:
            raise _refusal(f'Unsupported start tag "{name}" at byte offset {place}')
        tag = _Tag(name=name, begin=place, start=len(self._text))
        while True:
            self._skip_space()
            if not self._peek():
                raise _refusal(f'Unclosed start tag "{name}" at byte offset {place}')
            if self._peek() == ">":
                break
            self._attribute(tag)
        self._at += 1
        if name == "span" and tag.arguments.get("class") != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        if name == "tg-time":
            _check_time(tag)
        self._open.append(tag)

    def _attribute(self, tag: _Tag) -> None:
        attribute = self._until(_SPACE + "=>")
        if not attribute:
            raise _refusal(f'Empty attribute name in the tag "{tag.name}" at byte offset {tag.begin}')
        self._skip_space()
        if self._peek() != "=":
            tag.arguments[attribute.lower()] = ""
            return
        self._at += 1
        self._skip_space()
        quote = self._peek()
        if quote in {"'", '"'} and quote:
            self._at += 1
            value: list[str] = []
            while self._peek() and self._peek() != quote:
                value.append((self._reference() if self._peek() == "&" else None) or self._take())
            self._at += 1
            tag.arguments[attribute] = "".join(value)
        else:
            token_begin = self._at
            match = _TOKEN.match(self._source, self._at)
            tag.arguments[attribute] = match[0].lower() if match else ""
            self._at = match.end() if match else self._at
            if self._peek() and self._peek() not in _SPACE + ">":
                raise _refusal(f"Unexpected end of name token at byte offset {self._offset(token_begin)}")
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {tag.begin}")

    def _end_tag(self) -> None:
        place = self._offset(self._at)
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {place}")
        self._at += 2
        name = self._until(_SPACE + ">")
        self._skip_space()
        if self._peek() != ">":
            raise _refusal(f"Unclosed end tag at byte offset {place}")
        self._at += 1
        tag = self._open.pop()
        if name and name.lower() != tag.name:
            raise _refusal(f'Unmatched end tag at byte offset {place}, expected "</{tag.name}>", found "</{name}>"')
        if len(self._text) > tag.start:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        start, end = tag.start, len(self._text)
        kind = _KIND_OF[tag.name]
        extra: dict[str, Any] = {
            _ARGUMENT_OF[tag.name, name]: value
            for name, value in tag.arguments.items()
            if (tag.name, name) in _ARGUMENT_OF
        }
        if kind == "text_link":
            # a bad link loses the link and keeps its text
            link = checked_link(extra.get("url") or "".join(self._text[start:end]))
            if link is None:
                return
            extra = {"url": link}
        elif kind == "blockquote" and "expandable" in tag.arguments:
            kind = "expandable_blockquote"
        elif kind == "date_time":
            extra["unix_time"] = int(extra["unix_time"])
        elif kind == "pre" and self._entities:
            inner = self._entities[-1]
            if (inner.kind, inner.start, inner.end) == ("code", start, end):
                extra = dict(self._entities.pop().extra)
        elif kind == "code" and tag.arguments.get("class", "").startswith("language-"):
            extra = {"language": tag.arguments["class"].removeprefix("language-")}
        self._entities.append(Entity(kind=kind, start=start, end=end, extra=extra))


def _check_time(tag: _Tag) -> None:
    unix = tag.arguments.get("unix", "")
    if not unix.isascii() or not unix.isdigit():
        raise _refusal(f'Invalid unix time in the tag "tg-time" at byte offset {tag.begin}')
    if not _DATE_TIME_FORMAT.fullmatch(tag.arguments.get("format", "")):
        raise _refusal(f'Invalid format in the tag "tg-time" at byte offset {tag.begin}')


def _refusal(text: str) -> ApiError:
    # what follows the first colon keeps its capital, as in Telegram's answers
    return bad_request(f"can't parse entities: {text}")
