"""Telegram's HTML: entities out of it, and refusals in its words."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import found_entities, to_html
from bot.simulator.errors import ApiError
from bot.simulator.formatted import as_typed, formatted_text


def parsed(source: str, *, strict: bool = True) -> tuple[str, list[tuple[Any, ...]]]:
    """The text, and its entities as (type, offset, length, *the rest)."""
    kept = formatted_text(source, parse_mode="html", entities=None, limit=4096, strict=strict)
    return kept.text, [tuple(entity.values()) for entity in kept.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<STRONG>a</STRONG>", "a", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 2)]),
        ("<u>a</u> <ins>b</ins>", "a b", [("underline", 0, 1), ("underline", 2, 1)]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [("strikethrough", at, 1) for at in (0, 2, 4)]),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [("pre", 0, 1, "python")]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ('<tg-emoji emoji-id="5">😀</tg-emoji>', "😀", [("custom_emoji", 0, 2, "5")]),
        ('<tg-time unix="1" format="wDT">now</tg-time>', "now", [("date_time", 0, 3, 1, "wDT")]),
        ('<a href="https://itu.int/?a=1&amp;b=2">ITU</a>', "ITU", [("text_link", 0, 3, "https://itu.int/?a=1&b=2")]),
        ('<a href="nothing">kept</a>', "kept", []),
        ("<b></b>a", "a", []),
        ("😀<b>ب</b>", "😀ب", [("bold", 2, 1)]),
        ("<b>  a</b> ", "a", [("bold", 0, 1)]),
        ("<b>a\r\nb</b>", "a\nb", [("bold", 0, 3)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b>a<code>b</code></b>", "ab", [("code", 1, 1)]),
        ("<b>a</b  >", "a", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp;&quot; &#x2068;x&#8297; &nbsp; & &#0;", '<b> &" \u2068x\u2069 &nbsp; & &#0;', []),
        ("see <b>/help</b>", "see /help", [("bold", 4, 5), ("bot_command", 4, 5)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    kept, found = parsed(source)
    assert kept == text
    assert found == entities


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("abc<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("سلام<p>", 'Unsupported start tag "p" at byte offset 8'),
        ("1 < 2 and more", 'Unsupported start tag "" at byte offset 2'),
        ("a<", "Unclosed start tag at byte offset 1"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<a ", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<tg-time unix="soon">a</tg-time>', 'Invalid unix time in the tag "tg-time" at byte offset 0'),
        ('<tg-time unix="1" format="x">a</tg-time>', 'Invalid format in the tag "tg-time" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as caught:
        parsed(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_more_than_100_entities_are_refused_or_dropped() -> None:
    source = "<b>a</b> " * 101
    with pytest.raises(ApiError, match="ENTITIES_TOO_LONG"):
        parsed(source)
    assert len(parsed(source, strict=False)[1]) == 100


def test_lengths_count_utf16_when_strict_and_code_points_when_not() -> None:
    with pytest.raises(ApiError, match="message is too long"):
        parsed("😀" * 2049)
    assert len(parsed("😀" * 4096, strict=False)[0]) == 4096
    with pytest.raises(ApiError, match="message is too long"):
        parsed("😀" * 4097, strict=False)


def test_entities_of_a_request_are_taken_in_utf16_units() -> None:
    def kept(*entities: dict[str, Any]) -> list[dict[str, Any]]:
        source = formatted_text("😀ab /go", parse_mode="", entities=list(entities), limit=4096, strict=True)
        return list(source.entities)

    command = {"type": "bot_command", "offset": 5, "length": 3}
    assert kept({"type": "bold", "offset": 2, "length": 1}) == [{"type": "bold", "offset": 2, "length": 1}, command]
    assert kept({"type": "url", "offset": 2, "length": 1}) == [command]
    with pytest.raises(ApiError, match="entity bounds"):
        kept({"type": "bold", "offset": 1, "length": 1})
    with pytest.raises(ApiError, match="can't parse MessageEntity"):
        kept({"type": "bold"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/help", ["/help"]),
        ("/help@CopDialogueBot now", ["/help@CopDialogueBot"]),
        ("و/help", []),
        ("و\u2068/help\u2069", ["/help"]),
        ("a/help /x/y </b>", []),
        ("https://itu.int/cop, then", ["https://itu.int/cop"]),
        ("https://itu.int/cop، then", ["https://itu.int/cop،"]),
        ("\u2068https://itu.int/cop\u2069، ثم", ["https://itu.int/cop"]),
        ("«https://itu.int/cop»", ["https://itu.int/cop"]),
        ("t.me/CopDialogueBot?start=a.", ["t.me/CopDialogueBot?start=a"]),
        ("write to a.b@itu.int.", ["a.b@itu.int"]),
        ("@CopDialogueBot #cop", ["@CopDialogueBot", "#cop"]),
        ("no link: https:// and 12:30", []),
    ],
)
def test_commands_and_links_are_found(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in sorted(found_entities(text), key=lambda one: one.start)] == found


def test_a_lone_surrogate_of_a_bot_is_not_utf8() -> None:
    with pytest.raises(ApiError, match="strings must be encoded in UTF-8"):
        parsed("a\ud83d")


def test_a_message_as_html_links_what_telegram_links_and_nests_what_overlaps() -> None:
    source = (
        "/go a@itu.int t.me/x #cop <tg-spoiler>s</tg-spoiler><pre>p &lt;</pre><blockquote>q</blockquote>"
        '<a href="tg://user?id=7">who</a><code>c</code>'
    )
    kept = formatted_text(source, parse_mode="html", entities=None, limit=4096, strict=True)
    assert to_html(kept.text, kept.entities) == (
        '<a href="command:/go">/go</a> <a href="mailto:a@itu.int">a@itu.int</a> <a href="https://t.me/x">t.me/x</a> '
        "#cop <tg-spoiler>s</tg-spoiler><pre>p &lt;</pre><blockquote>q</blockquote>"
        '<a href="tg://user?id=7">who</a><code>c</code>'
    )
    crossed = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert to_html("abc", crossed) == "<b>a<i>b</i></b><i>c</i>"
    assert to_html("a", [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 7}}]) == (
        '<a href="tg://user?id=7">a</a>'
    )
    assert to_html("😀", [{"type": "bold", "offset": 1, "length": 1}]) == "😀"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_escaped_text_comes_back_as_typed(text: str) -> None:
    typed = as_typed(text)
    if typed.text:
        kept = formatted_text(
            html.escape(text, quote=False), parse_mode="html", entities=None, limit=10**6, strict=True
        )
        assert kept == typed


@given(st.lists(st.tuples(st.sampled_from("bius"), st.text("aب😀 ", min_size=1, max_size=4)), max_size=6))
def test_html_of_a_message_parses_to_the_same_message(pieces: list[tuple[str, str]]) -> None:
    source = "x" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in pieces) + "x"
    kept = formatted_text(source, parse_mode="html", entities=None, limit=4096, strict=True)
    again = formatted_text(to_html(kept.text, kept.entities), parse_mode="html", entities=None, limit=4096, strict=True)
    assert again == kept
