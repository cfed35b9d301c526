from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.organisers.number import draw, read

PREFIX = "COP"
numbers = st.integers(min_value=0, max_value=10**7 - 1).map(lambda n: draw(lambda _: n, PREFIX))


def digits_of(number: str) -> str:
    return number.removeprefix(PREFIX).replace("-", "")


def test_a_number_is_a_prefix_and_two_groups_of_four_digits() -> None:
    assert re.fullmatch(r"COP-\d{4}-\d{4}", draw(Random(1).randrange, PREFIX))


def test_the_check_digit_is_damm_s() -> None:
    # 572 takes the check digit 4: the worked example of Damm's thesis.
    assert draw(lambda _: 572, PREFIX) == "COP-0000-5724"


def test_numbers_are_drawn_from_ten_million() -> None:
    asked: list[int] = []

    draw(lambda n: asked.append(n) or 0, PREFIX)  # type: ignore[func-returns-value]

    assert asked == [10_000_000]


@given(numbers)
def test_a_drawn_number_reads_back_as_itself(number: str) -> None:
    assert read(number, PREFIX) == number


@given(numbers, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: str, place: int, shift: int) -> None:
    digits = list(digits_of(number))
    digits[place] = str((int(digits[place]) + shift) % 10)

    assert read("".join(digits), PREFIX) is None


@given(numbers, st.integers(0, 6))
def test_two_neighbours_swapped_are_found(number: str, place: int) -> None:
    digits = list(digits_of(number))
    assume(digits[place] != digits[place + 1])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]

    assert read("".join(digits), PREFIX) is None


@given(
    numbers,
    st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "0123456789"]),
    st.sampled_from(["", " ", "-", "–", " - "]),
)
def test_a_number_is_read_in_any_digits_however_it_is_parted(number: str, script: str, between: str) -> None:
    typed = between.join(script[int(digit)] for digit in digits_of(number))

    assert read(typed, PREFIX) == number


@pytest.mark.parametrize(
    "typed",
    [
        "COP-0000-5724",
        "cop 0000 5724",
        "COP00005724",
        "  0000-5724 ",
        "#00005724",
        "COP–0000–5724",
        "\u2068COP-0000-5724\u2069",
        "\u200fCOP-٠٠٠٠-٥٧٢٤",
        "ＣＯＰ-００００５７２４",
        "(0000 5724)",
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert read(typed, PREFIX) == "COP-0000-5724"


@pytest.mark.parametrize(
    "typed", ["", "COP", "5724", "000005724", "XYZ-0000-5724", "COP-0000-572O", "COPCOP00005724", "0000.57240", "نور"]
)
def test_what_is_no_number_is_not_read_as_one(typed: str) -> None:
    assert read(typed, PREFIX) is None


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = read(text, PREFIX)

    assert found is None or read(found, PREFIX) == found
