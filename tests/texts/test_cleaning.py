from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import ascii_digits, clean, fold_name, one_line, unstretch

TROUBLE = "\u200c\u200d\u030a\u0333\u0301\u0308aÅم😀\ufe0f \n\u0640\u1100\u1161\u0345"
ANY_TEXT = st.text(st.one_of(st.characters(codec=None), st.sampled_from(TROUBLE)))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  a \t b  ", "a b", id="spaces"),
        pytest.param("a\u00a0\u2003b", "a b", id="other spaces"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends"),
        pytest.param("a\n\n\n\nb", "a\n\nb", id="empty lines"),
        pytest.param("\u200e\u200fa\u202a\u202eb\u2066\u2069\u061c", "ab", id="direction marks"),
        pytest.param("a\u200bb\ufeff\u2060", "ab", id="zero width"),
        pytest.param("a\x00b\x1b", "ab", id="null and controls"),
        pytest.param("a\ud800b\udfff", "ab", id="lone surrogates"),
        pytest.param("e\u0301", "é", id="NFC"),
        pytest.param("a\u030a", "a", id="what Telegram removes"),
        pytest.param("میرزا\u200cزاده", "میرزا\u200cزاده", id="joiner inside a Persian word"),
        pytest.param("a\u200cb \u200cم\u200c ", "ab م", id="joiner elsewhere"),
        pytest.param("👩\u200d👧", "👩\u200d👧", id="joiner in an emoji"),
        pytest.param("👩\ufe0f\u200d👧", "👩\ufe0f\u200d👧", id="joiner after a variation sign"),
        pytest.param("a\u200d👧", "a👧", id="joiner before an emoji only"),
        pytest.param("محمـــد", "محمـــد", id="stretching stays"),
        pytest.param("a" + "\u0300" * 50, "à" + "\u0300" * 4, id="Zalgo"),
        pytest.param("مُحَمَّد", "مُحَمَّد", id="vowel marks stay"),
        pytest.param("<b>&amp;</b>", "<b>&amp;</b>", id="markup as typed"),
        pytest.param(" \u200f\u3164\u2800 ", "", id="nothing to see"),
    ],
)
def test_what_is_typed_is_made_plain(typed: str, kept: str) -> None:
    assert clean(typed) == unicodedata.normalize("NFC", kept)


@given(ANY_TEXT)
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("typed", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९", "0123456789"])
def test_the_digits_of_every_script_are_digits(typed: str) -> None:
    assert ascii_digits(typed) == "0123456789"


def test_the_separators_of_arabic_numbers() -> None:
    assert ascii_digits("١٬٠٠٠٫٥ ٪") == "1,000.5 %"


def test_superscripts_are_no_digits() -> None:
    assert ascii_digits("m²") == "m²"


def test_stretching_comes_out() -> None:
    assert unstretch("مـــصـر") == "مصر"


@pytest.mark.parametrize(
    ("one", "other"),
    [("أحمد", "احمد"), ("إسلام", "اسلام"), ("آمال", "امال"), ("مؤمن", "مومن"), ("فاطمة", "فاطمه"), ("على", "علي"),
     ("هنـــد", "هند"), ("مُحَمَّد", "محمد"), ("علي", "علی"), ("Ångström", "angstrom"), ("ÉCOLE", "ecole"),
     ("Straße", "strasse"), ("Øre", "ore"), ("Al-Haddad", "al haddad"), ("O’Brien", "OBRIEN"), ("قسم ٣", "قسم 3"),
     ("\u200fنور\u200f", "نور"), ("ﷲ", "الله")],
)  # fmt: skip
def test_spellings_that_people_hold_for_the_same_are_folded(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(ANY_TEXT)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold_name(text)
    assert fold_name(once) == once
