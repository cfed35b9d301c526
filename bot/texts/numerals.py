"""Digits by the country's habit. Babel never localises digits, so the table is ours."""

from __future__ import annotations

from typing import Literal

Digits = Literal["latn", "arab"]

ARAB_COUNTRIES = (
    "AE",
    "BH",
    "DJ",
    "DZ",
    "EG",
    "IQ",
    "JO",
    "KM",
    "KW",
    "LB",
    "LY",
    "MA",
    "MR",
    "OM",
    "PS",
    "QA",
    "SA",
    "SD",
    "SO",
    "SY",
    "TN",
    "YE",
)
_LATIN_DIGITS = frozenset({"AE", "DZ", "LY", "MA", "TN"})
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def digits_of(language: str, country: str | None) -> Digits:
    """The digits that people of a country read in that language; 0-9 where no country is known."""
    arabic = language == "ar" and country in ARAB_COUNTRIES and country not in _LATIN_DIGITS
    return "arab" if arabic else "latn"


def in_digits(text: str, digits: Digits) -> str:
    """The text with its 0-9 in those digits."""
    return text.translate(_ARABIC) if digits == "arab" else text
