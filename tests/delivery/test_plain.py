from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.plain import as_plain
from bot.screen import Button, ReplyKeyboard, Screen

ROWS = ((Button(label="Yes", data="y"),),)


def test_tags_go_and_what_was_escaped_reads_as_typed() -> None:
    screen = Screen(template="t", text='<b>1 &lt; 2 &amp;amp; 3</b> <a href="https://x.org/?a=1">here</a> &#x2068;x')
    assert as_plain(screen, "can't parse entities").text == "1 < 2 &amp; 3 here \u2068x"


def test_a_name_that_looks_like_a_tag_is_kept_because_it_was_escaped() -> None:
    assert as_plain(Screen(template="t", text="Hello &lt;b&gt;"), "").text == "Hello <b>"


def test_buttons_stay_unless_they_are_what_was_refused() -> None:
    screen = Screen(template="t", text="x", rows=ROWS)
    assert as_plain(screen, "message is too long").rows == ROWS
    assert as_plain(screen, "button_data_invalid").rows == ()
    keyboard = Screen(template="t", text="x", reply_keyboard=ReplyKeyboard(contact="My number"))
    assert as_plain(keyboard, "reply markup is too long").reply_keyboard is None


def test_a_long_text_is_cut_and_says_so() -> None:
    text = as_plain(Screen(template="t", text="😀" * 4000), "message is too long").text
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith("…")


@given(st.text(alphabet=st.characters(codec=None), max_size=5000))
def test_whatever_the_text_the_plain_one_can_be_sent(text: str) -> None:
    plain = as_plain(Screen(template="t", text=text), "").text
    assert len(plain.encode("utf-16-le")) // 2 <= 4096
    plain.encode()
