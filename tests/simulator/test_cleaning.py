"""What Telegram removes, replaces and keeps, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.cleaning import clean_name, clean_text, is_blank, trim_bounds, utf16_length
from bot.simulator.formatted import as_typed

ISOLATES = "\u2066\u2067\u2068\u2069"
EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e\u2028\u2029"
ZERO_WIDTHS = "\u200b\u200c\u200d\u2060\ufeff"
SPACES = "\u00a0\u2000\u200a\u202f\u2800\u3000\ufffc"


@pytest.mark.parametrize("kept", [*ISOLATES, "\u061c", "\u200e", "\u200f", *ZERO_WIDTHS, *SPACES])
def test_a_character_that_texts_keep(kept: str) -> None:
    assert clean_text(f"a{kept}b")[0] == f"a{kept}b"


@pytest.mark.parametrize("removed", [*EMBEDDINGS, "\u030a", "\u0333", "\u033f", "\r"])
def test_a_character_that_texts_lose(removed: str) -> None:
    assert clean_text(f"a{removed}b")[0] == "ab"


@pytest.mark.parametrize("control", ["\t", "\0", "\x01", "\x0b", "\x1f"])
def test_a_control_becomes_a_space_in_texts(control: str) -> None:
    assert clean_text(f"a{control}b\n")[0] == "a b\n"


@pytest.mark.parametrize(
    ("marks", "left"),
    [
        ("\u200f", "\u200f"),
        ("\u200f\u200f", "\u200c\u200f"),
        ("\u200e\u200f\u200e", "\u200c\u200c\u200e"),
        ("\u200f \u200f", "\u200f \u200f"),
    ],
)
def test_of_direction_marks_in_a_row_the_last_stays(marks: str, left: str) -> None:
    assert clean_text(f"a{marks}b")[0] == f"a{left}b"


@pytest.mark.parametrize("space", [*SPACES])
def test_every_space_becomes_a_space_in_names(space: str) -> None:
    assert clean_name(f"Mona{space}Ali", 64) == "Mona Ali"


@pytest.mark.parametrize("kept", [*ISOLATES, *EMBEDDINGS[:5], "\u200f\u200f", "\u030a"])
def test_names_keep_what_texts_lose(kept: str) -> None:
    assert clean_name(f"a{kept}b", 64) == f"a{kept}b"


def test_a_name_is_trimmed_and_cut() -> None:
    assert clean_name("  Mona  ", 64) == "Mona"
    assert clean_name("a" * 70, 64) == "a" * 64
    assert clean_name("\u2068\u2069 \u200f", 64) == ""


def test_only_spaces_and_newlines_are_trimmed_and_a_mark_stops_it() -> None:
    assert as_typed(" \n a \n").text == "a"
    assert as_typed("\u200f a").text == "\u200f a"
    assert as_typed("\u00a0a").text == "\u00a0a"


@pytest.mark.parametrize("blank", ["", " \n", "\u200f", "\u2068\u2069", "\u200b\u2060 \ufeff", "\u00a0\u3000"])
def test_marks_and_spaces_alone_are_nothing(blank: str) -> None:
    assert is_blank(blank)
    assert as_typed(blank).text == ""


def test_utf16_counts_surrogate_pairs() -> None:
    assert utf16_length("aب😀") == 4


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once, moved = clean_text(text)
    again, _ = clean_text(once)
    start, end = trim_bounds(again)
    assert again == once
    assert len(moved) == len(text) + 1
    assert moved == sorted(moved)
    assert moved[-1] == len(once)
    assert 0 <= start <= end <= len(once)
