from __future__ import annotations

from typing import Any

import pytest

from bot.organisers.search import fold_query, search_text

NOUR: dict[str, Any] = {
    "given_name": "نُور",
    "family_name": "الحدّاد",
    "other_script_name": "Nour Al-Haddad",
    "email": "Nour.Haddad@Example.org",
    "organisation": "وزارة الاتصالات",
    "phone": "+962790123456",
    "experience": "secret",
    "accessibility": ["captions"],
    "title": None,
}


def finds(typed: str) -> bool:
    """As the store does: every word is somewhere in what was kept."""
    kept = search_text(NOUR)
    words = fold_query(typed).split()
    return bool(words) and all(word in kept for word in words)


@pytest.mark.parametrize(
    "typed",
    [
        "نور",
        "نور الحداد",
        "الحداد نور",
        "حداد",
        "NOUR haddad",
        "nour.haddad@example.org",
        "example.org",
        "وزاره الاتصالات",
        "  haddad  ",
        "Häddad",
    ],
)
def test_a_participant_is_found_by_name_or_email_however_it_is_spelled(typed: str) -> None:
    assert finds(typed)


@pytest.mark.parametrize("typed", ["ليلى", "nour smith", "secret", "790123456", "captions", "", "،؟!"])
def test_a_participant_is_not_found_by_anything_else(typed: str) -> None:
    assert not finds(typed)


def test_what_was_skipped_leaves_nothing_to_find() -> None:
    assert search_text({"given_name": None, "family_name": "", "email": "a@b.org"}) == "a b org"


@pytest.mark.parametrize("typed", ["COP-0000-5724", "cop 0000 5724", "٠٠٠٠ ٥٧٢٤", "00005724"])
def test_a_number_typed_in_any_way_is_looked_for_as_it_is_stored(typed: str) -> None:
    assert fold_query(typed, "COP") == "COP-0000-5724"


def test_without_the_event_s_prefix_a_number_is_known_by_its_own() -> None:
    assert fold_query("cop-0000-5724") == "COP-0000-5724"
    assert fold_query("00005724") == "00005724"


def test_a_number_with_a_wrong_check_digit_is_looked_for_as_words() -> None:
    assert fold_query("COP-0000-5725", "COP") == "cop 0000 5725"


def test_a_pasted_book_is_cut_before_it_is_looked_for() -> None:
    assert len(fold_query("ن" * 4096)) == 200
