"""Numbers in words put together: "twenty-five", «خمس وعشرون», "twenty-first", «الحادي والعشرين»."""

from __future__ import annotations

from fractions import Fraction

from bot.when.items import Found, Item, Items

NUMBERS = frozenset({"number", "digits", "tens"})


def compound_number(items: Items, i: int) -> Found:
    """A rule. The value keeps both parts («5+20»), for «الساعة خمسة وعشرين» is 5:20."""
    first, second, third = items.at(i), items.at(i + 1), items.at(i + 2)
    if first.number is None:
        return None
    if (
        first.kind == "tens"
        and second.kind in ("number", "ordinal")
        and second.number is not None
        and 1 <= second.number < 10
    ):
        return Item(kind=second.kind, value=f"{first.number}+{second.number}", number=first.number + second.number), 2
    if second.kind == "and" and third.kind == "tens" and third.number is not None and first.number < 10:
        kind = {"number": "number", "ordinal": "ordinal", "ordinal_tail": "ordinal"}.get(first.kind)
        if kind is not None:
            value = f"{first.number}+{third.number}"
            return Item(
                kind=kind, value=value, text=first.text, definite=first.definite, number=first.number + third.number
            ), 3
    return None


def whole(item: Item) -> int | None:
    """The whole number that an item is, or None."""
    if item.kind in NUMBERS and item.number is not None and item.number.denominator == 1:
        return int(item.number)
    return None


def quantity(items: Items, i: int) -> tuple[Fraction, int] | None:
    """How many: the number that begins at `i` and how many items it has.
    Halves that belong to it are taken in: "2 1/2", "two and a half (hours)"."""
    item = items.at(i)
    if item.kind == "article":
        return Fraction(1), 1
    if item.kind == "pair" and "." in item.value:
        return Fraction(item.value), 1
    if item.kind not in NUMBERS or item.number is None:
        return None
    after = items.at(i + 1)
    if after.kind == "fraction" and after.number is not None and not after.text.isalpha():
        return item.number + after.number, 2
    if after.kind == "pair" and after.value in ("1/2", "1/4", "3/4", "1/3"):
        return item.number + Fraction(after.value), 2
    if after.kind == "and" and (found := _fraction_of_unit(items, i + 2)):
        return item.number + found[0], 2 + found[1]
    return item.number, 1


def _fraction_of_unit(items: Items, i: int) -> tuple[Fraction, int] | None:
    """ "(two and) a half hours": the fraction before a unit, not after it."""
    count = 1 if items.kind(i) == "article" else 0
    fraction = items.at(i + count)
    if fraction.kind != "fraction" or fraction.number is None or items.kind(i + count + 1) != "unit":
        return None
    return fraction.number, count + 1
