"""Conventions 1 and 3: the event, its edges and its day, in whatever words they are named."""

from __future__ import annotations

from dataclasses import replace

from bot.when.items import Found, Item, Items

_EDGES = frozenset({"start", "end", "closes"})
_NAMES = frozenset({"event", "it", "registration"})
_JOINING = frozenset({"of", "complementer", "filler", "time_of", "article", "holding"})
_CONSTRUCT_PARTS = frozenset({"morning", "noon", "evening", "night", "early"})


def target(items: Items, i: int) -> Found:
    """A rule: words for the event, its edges and registration that stand together; the value is an edge, event, it or
    registration."""
    at = i
    while items.kind(at) in ("complementer", "holding"):
        at += 1
    if items.kind(at) not in _EDGES | _NAMES:
        return None
    kinds: list[str] = []
    end = at
    while True:
        kind = items.kind(at)
        if kind in _EDGES | _NAMES:
            kinds.append(kind)
            at += 1
            end = at
        elif kind in _JOINING and not (kind == "filler" and items.at(at).text in ("on", "for")):
            at += 1
        else:
            break
    return Item(kind="target", value=_edge(kinds), text=items[i].text, definite=items[end - 1].definite), end - i


def _edge(kinds: list[str]) -> str:
    if "closes" in kinds or ("registration" in kinds and "end" in kinds):
        return "closes"
    if "registration" in kinds:
        return "registration_start" if "start" in kinds else "registration"
    if "start" in kinds or "end" in kinds:
        return next(kind for kind in kinds if kind in ("start", "end"))
    return "event" if "event" in kinds else "it"


def event_day(items: Items, i: int) -> Found:
    """A rule: «يوم الفعالية», "the morning of the dialogue", «ليلتها», "the closing day"; value "edge:days:part"."""
    item, after = items[i], items.at(i + 1)
    if item.kind in ("event_day", "event_part", "eve_part"):
        part = item.value if item.kind != "event_day" else ""
        days = -1 if item.kind == "eve_part" else 0
        gap = _target_at(items, i + 1)
        if item.kind == "event_day" and item.value != "0":
            return (_day(items.at(gap).value, int(item.value), ""), gap - i + 1) if gap else None
        edge = items.at(gap).value if gap else "event"
        return _day(edge, days, part), (gap - i + 1 if gap else 1)
    if item.kind == "closing_day":
        return _day("closes", 0, ""), 1
    if item.kind == "eve" and items.at(i).text in ("ليلتها", "ليلته", "ليلتا"):
        return _day("event", -1, "night"), 1
    if item.kind in ("day", "tonight", "part", "unit", "eve") and items.kind(i + 1) == "relative":
        return _beside_event(items, i)
    if item.kind == "unit" and item.value == "day":
        return _day_of(items, i)
    if item.kind == "eve" and not (item.definite and not item.text.isascii()):
        gap = _target_at(items, i + 1)
        known = gap is not None and items.at(gap).value in ("event", "it", "start", "closes")
        return (_day(items.at(gap).value, -1, item.value), gap - i + 1) if gap is not None and known else None
    if item.kind == "part" and item.value in _CONSTRUCT_PARTS | {"afternoon"}:
        return _part_of(items, i)
    if item.kind == "target" and item.text.isascii():
        if after.kind == "unit" and after.value == "day" and items.kind(i - 1) not in ("before", "after"):
            return _day(item.value, 0, ""), 2
        if (
            after.kind == "part"
            and items.kind(i - 1) not in ("before", "after", "when")
            and item.value in ("event", "it", "closes")
        ):
            return _day(item.value, 0, after.value), 2
    return None


def _beside_event(items: Items, i: int) -> Found:
    """«الليلة التي تسبقها», «اليوم اللي قبل الفعالية», "the evening that follows it"."""
    item, link = items[i], items.at(i + 2)
    if link.kind not in ("before", "after", "before_it", "after_it") or (item.kind == "day" and item.value != "0"):
        return None
    gap = _target_at(items, i + 3) if link.kind in ("before", "after") else i + 2
    if gap is None or (item.kind == "unit" and item.value != "day"):
        return None
    part = {"tonight": "night", "part": item.value, "eve": item.value}.get(item.kind, "")
    return _day("event", -1 if link.kind.startswith("before") else 1, part), gap - i + 1


def _day_of(items: Items, i: int) -> Found:
    item = items[i]
    gap = _target_at(items, i + 1)
    if (gap and not (item.definite and not item.text.isascii()) and items.at(gap).value != "it") or (
        gap and item.text.isascii() and items.kind(i + 1) == "of"
    ):
        return _day(items.at(gap).value, 0, ""), gap - i + 1
    if item.text == "day" and items.at(i - 1).text in ("the", "that") and items.at(i - 2).text == "on":
        if items.kind(i + 1) not in ("before", "after", "of"):
            return _day("event", 0, ""), 1
        if items.at(i + 2).text == "itself" or (items.kind(i + 1) == "of" and items.kind(i + 2) == ""):
            return _day("event", 0, ""), 2
    return None


def _part_of(items: Items, i: int) -> Found:
    item = items[i]
    if item.text.isascii():
        gap = _target_at(items, i + 1) if items.kind(i + 1) == "of" else None
    else:
        construct = not item.definite and item.text not in ("صباحا", "مسا ا", "ليلا", "ظهرا", "مسايا")
        gap = _target_at(items, i + 1) if construct else None
    if gap and items.at(gap).value in ("event", "start", "it", "closes"):
        return _day(items.at(gap).value, 0, item.value), gap - i + 1
    if items.kind(i + 1) == "of" and items.kind(i + 2) == "event_day_said":
        return None
    return None


def _target_at(items: Items, i: int) -> int | None:
    """The index of a target at `i`, past "of", "the" and the like."""
    while (
        items.kind(i) in ("of", "article", "until", "holding")
        or items.at(i).value == "article"
        or items.at(i).text in ("the", "ال", "this", "that")
    ):
        i += 1
    return i if items.kind(i) == "target" else None


def _day(edge: str, days: int, part: str) -> Item:
    return Item(kind="event_day_said", value=f"{edge}:{days}:{part}")


def plain_it(items: Items) -> Items:
    """ "it" that refers to nothing of ours ("make it 5") is no target."""
    return Items(
        replace(item, kind="filler") if item.kind == "target" and item.value == "it" else item for item in items
    )
