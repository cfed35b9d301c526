"""What Telegram accepts of a screen: the limits and the HTML of sendMessage, as its documentation gives them."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlparse

from bot.screen import Screen

MAX_UTF16 = 4096
MAX_CALLBACK_BYTES = 64
MAX_A_ROW = 8
MAX_BUTTONS = 100
TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}


class Shown(HTMLParser):
    """The text that is left of Telegram's HTML; refuses what Telegram would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}> is not one of Telegram's tags"
        assert not attrs or (tag == "a" and [name for name, _ in attrs] == ["href"]), attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


def shown(html: str) -> str:
    """The text of Telegram's HTML, without its tags."""
    parser = Shown()
    parser.feed(html)
    parser.close()
    assert not parser.open, f"{parser.open} stay open"
    return parser.text


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def assert_sendable(screen: Screen) -> None:
    """Raises AssertionError for a screen that Telegram would refuse or cut."""
    text = shown(screen.text)
    assert text.strip(), "an empty message"
    assert utf16(text) <= MAX_UTF16, f"{screen.template}: {utf16(text)} UTF-16 units"
    assert "\x00" not in text
    buttons = [button for row in screen.rows for button in row]
    assert len(buttons) <= MAX_BUTTONS
    assert all(1 <= len(row) <= MAX_A_ROW for row in screen.rows)
    for button in buttons:
        assert button.label.strip() and "\n" not in button.label
        assert (button.data is None) != (button.url is None)
        if button.data is not None:
            assert 1 <= len(button.data.encode()) <= MAX_CALLBACK_BYTES, button.data
        else:
            assert urlparse(button.url or "").scheme == "https"
    if screen.reply_keyboard is not None:
        assert not buttons, "one message has one kind of keyboard"
        labels = [screen.reply_keyboard.contact, *(label for row in screen.reply_keyboard.rows for label in row)]
        assert all(label.strip() for label in labels)
    assert not (screen.remove_keyboard and buttons)
