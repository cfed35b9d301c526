"""From items to what is said: the grammar's rules in their order, then relations, then what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from bot.when.clocks import marked_clock
from bot.when.dates import date_rules
from bot.when.days import period, weekday
from bot.when.items import Item, Items, Length, rewrite
from bot.when.leftovers import UNKNOWN, with_bare_numbers, without_strays
from bot.when.lengths import length
from bot.when.nontimes import not_a_time
from bot.when.numerals import NUMBERS, compound_number
from bot.when.relations import TIMELY, Relater
from bot.when.said import Said, add
from bot.when.targets import event_day, target
from bot.when.zones import zone_said

_SILENT = frozenset(
    {
        *(
            "filler",
            "word",
            "mark",
            "remind",
            "suggest",
            "question",
            "inert",
            "article",
            "complementer",
            "own_time",
            "era",
        ),
        *(
            "count",
            "age",
            "numbered",
            "name",
            "oclock",
            "oh",
            "time_of",
            "registration",
            "comma",
            "and",
            "less",
            "past",
        ),
    }
)
_GONE_WITH_LAST = frozenset(
    {"part", "tonight", "day", "month", "weak_month", "hijri_month", "sun", "eve", "stray_unit", "date_said"}
)
_EDGE_NOUNS = frozenset(
    {
        "start",
        "beginning",
        "kick off",
        "kickoff",
        "opening",
        "end",
        "deadline",
        "بدايه",
        "نهايه",
        "انطلاق",
        "ختام",
        "افتتاح",
        "بد",
    }
)
_SHORT = 4  # letters of a word for a part of an hour
_ITS = "ها"  # «قبل موعدها»: whatever it is, it is the event's
_TIME_WORDS = TIMELY | {"before", "after", "before_it", "after_it", "digits", "number", "target", "in"}


def build(items: Items, today: date) -> Items:
    """The items with numbers, zones, clocks, dates, lengths, weekdays and the event put together."""
    items = rewrite(_half_past_at_night(items), compound_number)
    items = rewrite(items, not_a_time)
    items = rewrite(items, zone_said)
    items = rewrite(items, marked_clock)
    items = rewrite(items, *date_rules(today))
    items = rewrite(items, target)
    items = rewrite(items, length)
    items = rewrite(items, weekday, period)
    items = rewrite(items, event_day)
    return with_bare_numbers(without_strays(_without_reasons(items)))


def gather(items: Items) -> Said:
    """What the built items say."""
    said = Said(
        unknown=sum(item.kind in UNKNOWN for item in items),
        asked_for=any(item.kind in ("remind", "suggest") for item in items),
        question=any(item.kind == "question" for item in items),
        target=any(item.kind == "target" for item in items),
    )
    important = Items(item for item in items if item.kind not in _SILENT or item.text == "-")
    relater = Relater(
        important,
        said,
        strangers=frozenset(item.start for item in items if item.kind == "word" and not item.text.endswith(_ITS)),
    )
    relater.relate()
    for i, item in enumerate(important):
        if item.kind == "last" and {important.kind(i - 1), important.kind(i + 1)} & _GONE_WITH_LAST:
            said.behind = True
        if i not in relater.used:
            add(said, item)
    if any(item.kind == "stray_fraction" for item in items) and (said.relation or said.has_hour or said.has_day):
        said.doubts.append("vague")
    if _hour_unread(items, said) or _amount_unread(items):
        said.doubts.append("vague")
    said.lengths_alone = [length for length in said.lengths_alone if not _one_minute(length)]
    _edge_alone(important, said)
    return said


def _one_minute(length: Length) -> bool:
    """Convention 17: "one minute" asks for patience."""
    return not (length.vague or length.days or length.months) and length.minutes <= 1


def _half_past_at_night(items: Items) -> Items:
    """«ثمان ونص الليل»: half past eight at night, and not midnight."""
    out: list[Item] = []
    for i, item in enumerate(items):
        if item.value == "midnight" and items.kind(i - 1) == "and" and items.kind(i - 2) in NUMBERS | {"hour_name"}:
            out.append(replace(item, kind="fraction", value="1/2", text="نص", number=Fraction(1, 2)))
            out.append(replace(item, kind="part", value="night"))
        else:
            out.append(item)
    return Items(out)


def _hour_unread(items: Items, said: Said) -> bool:
    """Whether a word that means nothing to us stands right behind a day without an hour: it may be the hour."""
    if said.has_hour or said.relation or said.unknown > 2 or not said.has_day:
        return False
    days = ("day", "weekday_said", "date_said", "event_day_said")
    return any(item.kind in days and items.kind(i + 1) == "word" for i, item in enumerate(items))


def _amount_unread(items: Items) -> bool:
    """Whether a word that means nothing to us stands where a number or a half would change what is said."""
    for i, item in enumerate(items):
        after, before = items.at(i + 1), items.at(i - 1)
        if item.kind == "length" and before.kind == "word" and item.end - item.start == 1 and not item.text.isascii():
            return True
        if item.kind in ("length", "clock_time") and after.kind == "word" and after.text.startswith("و"):
            core = after.text.removeprefix("و").removeprefix("ال")
            if len(core) <= _SHORT and after.start == item.end:
                return True
    return False


def _edge_alone(items: Items, said: Said) -> None:
    """The whole message is "the start": the edge itself."""
    if (
        said.is_empty
        and said.unknown == 0
        and len(items) == 1
        and items[0].kind == "target"
        and items[0].text.removeprefix("ال") in _EDGE_NOUNS
        and items[0].value in ("start", "end", "closes")
    ):
        said.relation, said.edge = "edge", items[0].value


def _without_reasons(items: Items) -> Items:
    """Convention 18: what follows "because" is not the time, if a time has been said before it."""
    for i, item in enumerate(items):
        if item.kind == "because" and any(before.kind in _TIME_WORDS for before in items[:i]):
            return Items(items[:i])
    return items
