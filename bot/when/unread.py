"""What stands beside a time and means nothing to us may change it: then the moment is only offered.

A half, an hour or "last" that is misspelt, or of a dialect we don't know, would otherwise make a wrong moment.
"""

from __future__ import annotations

from bot.when.items import Items

_TIMELY = frozenset(
    {
        *("clock_time", "clock", "at", "day", "weekday_said", "date_said", "part", "sun", "tonight", "length", "half"),
        *("event_day_said", "zone_said", "before", "after", "before_it", "after_it", "in", "from_now", "period", "eve"),
        *("weekend", "by", "this", "next", "last", "and", "less", "stray_fraction", "until", "or", "relative"),
        *("time_of", "of", "when", "weak_vague", "only", "at_once"),
    }
)
_LEFT_OVER = frozenset(
    {
        *("next", "last", "coming", "after_next", "less", "stray_fraction", "past", "age", "ordinal_tail"),
        *("digits", "number", "tens", "pair", "date", "time", "hours", "fraction"),
    }
)
_PASSED_OVER = frozenset({"the", "el", "is", "are", "be"})
_ITS = "ها"  # «قبل موعدها»: whatever it is, it is the event's


def something_unread(items: Items) -> bool:
    """Whether a word of no meaning, or one that no rule took, touches what is said of the time."""
    return any(_is_unread(items, i) for i in range(len(items)))


def _is_unread(items: Items, i: int) -> bool:
    item = items[i]
    before, after = _past_articles(items, i, -1), _past_articles(items, i, 1)
    beside = items.kind(before) in _TIMELY or items.kind(after) in _TIMELY
    if item.kind in _LEFT_OVER:
        return True
    if item.kind == "stray_unit":
        return item.value != "day" or items.kind(i + 1) not in ("date_said", "weekday_said", "event_day_said")
    if item.kind == "relative":
        return beside
    if item.kind == "complementer":  # «ماء» folds to «ما», as a slip for «مساء» does
        return item.text in ("ما", "لا") and beside
    if item.kind not in ("word", "numbered", "count") or item.text.endswith(_ITS) or _tells_which_event(items, i):
        return False
    return beside or "target" in (items.kind(before), items.kind(after))


def _past_articles(items: Items, i: int, step: int) -> int:
    i += step
    while items.kind(i) == "article" or items.at(i).text in _PASSED_OVER:
        i += step
    return i


def _tells_which_event(items: Items, i: int) -> bool:
    """ "(before the) regional (dialogue)", «(قبل الحوار) الإقليمي». What else stands there may be its start or end."""
    if items.at(i).text.isascii():
        first = i
        while items.kind(first - 1) == "word":
            first -= 1
        last = i
        while items.kind(last + 1) == "word":
            last += 1
        return items.kind(last + 1) == "target" and items.at(first - 1).text in ("the", "your", "our", "this", "of")
    first = i
    while items.kind(first) == "word" and items.at(first).text.startswith("ال"):
        first -= 1
    return items.kind(first) == "target" and items.at(first).definite
