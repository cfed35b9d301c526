"""Who stands to whom: lengths before and after the event, from now and ago; edges; ranges, alternatives, repetition."""

from __future__ import annotations

from dataclasses import replace

from bot.when.items import Item, Items, Length
from bot.when.said import Relation, Said

TIMELY = frozenset(
    {
        "clock_time",
        "day",
        "weekday_said",
        "date_said",
        "part",
        "sun",
        "tonight",
        "event_day_said",
        "weekend",
        "period",
        "length",
        "bare",
    }
)
_EDGES = frozenset({"start", "end", "closes"})
_BEFORE = frozenset({"before", "before_it"})
_AFTER = frozenset({"after", "after_it"})


class Relater:
    """Goes over the items that matter, notes relations in `said` and which items they use up."""

    def __init__(self, items: Items, said: Said, *, strangers: frozenset[int]) -> None:
        """`strangers`: where among the tokens a word stands that means nothing to us."""
        self.items = items
        self.strangers = strangers
        self.said = said
        self.used: set[int] = set()

    def relate(self) -> None:
        for i, item in enumerate(self.items):
            if i in self.used:
                continue
            if item.kind in _BEFORE | _AFTER:
                self._before_or_after(i, -1 if item.kind in _BEFORE else 1)
            elif item.kind in ("in", "from_now", "later_by", "ago", "within"):
                self._from_now(i)
            elif item.kind in ("when", "right_after", "at", "clock", "only", "of", "by", "right_before"):
                self._edge_itself(i)
            elif item.kind in ("until", "to", "or", "every", "not", "from") or item.text == "-":
                self._doubt(i)

    def _note(
        self, relation: Relation, length: Length | None, *, direction: int = 1, edge: str = "", rule: str
    ) -> None:
        said = self.said
        if said.relation and (said.relation, said.length, said.edge) != (relation, length, edge):
            said.doubts.append("several")
        said.relation, said.length, said.direction, said.edge = relation, length, direction, edge
        said.rules.append(rule)

    def _before_or_after(self, i: int, direction: int) -> None:
        """Convention 1."""
        items, used = self.items, self.used
        edge: str | None = "it" if items.kind(i) in ("before_it", "after_it") else None
        used.add(i)
        right, length, at = i + 1, None, i + 1
        length_right = False
        while True:
            if edge is None and items.kind(at) == "target":
                edge = items[at].value
            elif length is None and self._length_at(at) is not None:
                length, length_right = self._length_at(at), True
                at += 1 if items.kind(at) == "by" else 0
                if items.kind(at) == "length" and items[at].length.vague and items.kind(at + 1) == "few":
                    at += 1
            elif (items.kind(at) in ("of", "from") and items.kind(at + 1) in ("target", "from_now")) or (
                items.kind(at) == "when" and items.kind(at + 1) == "target"
            ):
                pass
            elif items.kind(at) == "from_now" and length is not None:
                edge = "now"
            else:
                break
            used.add(at)
            at += 1
        if (
            edge is None
            and length is None
            and items.kind(right) in TIMELY
            and (length := self._length_at(right + 1)) is not None
        ):
            used.update((right + 1,) if items.kind(right + 1) != "by" else (right + 1, right + 2))
        left = items.at(i - 1)
        if length is None and i - 1 not in used and left.kind in ("length", "few"):
            length = left.length if left.kind == "length" else Length(vague=True)
            used.add(i - 1)
        if length is None and items.kind(at) == "by" and items.kind(at + 1) == "eve":
            used.update((at, at + 1))
            self.said.event_day = (edge or "event", direction, "night")
            return
        self._settle(i, right, direction, edge, length, length_right=length_right, left=left)

    def _settle(
        self,
        i: int,
        right: int,
        direction: int,
        edge: str | None,
        length: Length | None,
        *,
        length_right: bool,
        left: Item,
    ) -> None:
        items, said = self.items, self.said
        if edge == "now":
            self._note("from_now", length, direction=direction, rule="2 lengths")
        elif length is not None and edge is None and length_right and self._stranger_after(i):
            said.doubts.append("vague")
        elif length is not None and edge is None and direction > 0 and length_right:
            self._note("from_now", length, rule="2 lengths")
        elif edge is None and items.kind(right) == "weekend" and direction > 0 and length is None:
            said.after_weekend = True
            self.used.add(right)
            said.rules.append("10 weekend")
        elif items.kind(right) == "weekday_said" and ":plus" in items[right].value:
            return
        elif (
            edge is None
            and items.kind(right) in TIMELY - {"length"}
            and not self._marked(right)
            and left.kind != "part"
        ):
            if length is None or items.kind(right) in ("sun", "weekend", "period"):
                said.doubts.append("prayer" if items.kind(right) == "sun" else "before_or_after")
            else:
                self._note("time", length, direction=direction, rule="1 before and after")
        elif length is not None and edge is None and self._stranger_after(i):
            said.doubts.append("before_or_after")
        elif length is not None:
            self._note("event", length, direction=direction, edge=_edge(edge, direction), rule="1 before and after")
        elif left.kind == "part" and i - 1 not in self.used:
            self.used.add(i - 1)
            said.event_day = (_day_edge(edge), direction, left.value)
            said.rules.append("3 days named by the event")
        elif (
            direction > 0
            and edge is not None
            and "at_once" in (items.kind(i - 1), items.kind(i + 1), items.kind(i + 2))
        ):
            self._note("edge", None, edge="start" if edge == "start" else _edge(edge, 1), rule="1 before and after")
        else:
            said.before_event = direction < 0 and edge is not None
            said.doubts.append("before_or_after")

    def _marked(self, i: int) -> bool:
        """ "(three days before,) at 10": the hour stands for itself."""
        return self.items.at(i).kind == "clock_time" and self.items.at(i).value == "at"

    def _stranger_after(self, i: int) -> bool:
        """Whether an unknown word follows: "an hour before the flight", «بعد الغداء بساعة»."""
        item, after = self.items[i], self.items.at(i + 1)
        last = after.start if after.kind else item.end + 2
        return any(k in self.strangers for k in range(item.end, last))

    def _length_at(self, i: int) -> Length | None:
        at = i + 1 if self.items.kind(i) == "by" else i
        if self.items.kind(at) == "length":
            self.used.add(at)
            return self.items[at].length
        if self.items.kind(at) == "few":
            self.used.add(at)
            return Length(vague=True)
        return None

    def _from_now(self, i: int) -> None:
        """Convention 2: "in", "from now", "later" and "ago", beside a length."""
        items, said = self.items, self.said
        kind = items.kind(i)
        beside = [k for k in (i + 1, i - 1) if items.kind(k) == "length" and k not in self.used]
        if kind in ("from_now", "later_by"):
            beside = beside[::-1] if items.kind(i - 1) == "length" else beside
        if kind in ("in", "within"):
            beside = [k for k in beside if k == i + 1]
        if not beside:
            after = items.at(i + 1)
            if items[i].text == "in" and after.kind == "clock_time" and not after.clock.sure:
                said.doubts.append("vague")
            if kind == "ago" and items.kind(i + 1) in TIMELY:
                said.behind = True
            if kind in ("in", "within") and items.kind(i + 1) in ("few", "vague", "bare"):
                said.doubts.append("vague")
                self.used.update((i, i + 1))
            return
        if kind in ("in", "within") and items.kind(i + 2) in _BEFORE | _AFTER:
            return
        self.used.update((i, beside[0]))
        if kind == "ago":
            said.behind = True
        elif kind == "within":
            said.doubts.append("vague")
        else:
            if self._stranger_after(min(i, beside[0])) and kind == "in":
                said.doubts.append("vague")
            if items.kind(i + 2) == "from_now":
                self.used.add(i + 2)
            self._note("from_now", items[beside[0]].length, rule="2 lengths")

    def _edge_itself(self, i: int) -> None:
        """ "when it begins", «عند انطلاق الحوار», "right after the session"."""
        items = self.items
        kind, target = items.kind(i), items.at(i + 1)
        if target.kind != "target":
            return
        edge = target.value
        if kind == "right_before":
            self.used.update((i, i + 1))
            self.said.doubts.append("vague")
            self.said.before_event = True
            return
        if kind == "right_after":
            edge = "end" if edge in ("event", "it") else edge
        elif (
            kind in ("only", "of", "by")
            and (edge not in _EDGES or (kind == "of" and i > 0 and items.kind(i - 1) in TIMELY | {"unit"}))
        ) or (edge in ("event", "it", "registration") and kind != "when"):
            return
        if edge in ("it", "registration", "registration_start") or self._length_beside(i + 2):
            return
        self.used.update((i, i + 1))
        self._note("edge", None, edge="start" if edge == "event" else edge, rule="1 before and after")

    def _length_beside(self, i: int) -> bool:
        return self.items.kind(i) == "by" and self.items.kind(i + 1) == "length"

    def _doubt(self, i: int) -> None:
        """Convention 16."""
        items, said = self.items, self.said
        item, left, right = items[i], items.at(i - 1), items.at(i + 1)
        right_timely, left_timely = right.kind in TIMELY, left.kind in TIMELY
        if item.kind == "every":
            alone = item.text not in ("every", "each", "كل", "kol", "kul")
            if (
                right_timely
                or right.kind in ("unit", "stray_unit", "few", "weekday", "eve")
                or (alone and said.unknown == 0)
                or (alone and left_timely)
            ):
                said.doubts.append("repetition")
        elif item.kind == "or":
            if left_timely and (right_timely or right.kind in ("vague", "when", "at", "before", "after", "in", "to")):
                said.doubts.append("alternatives")
        elif item.kind == "not":
            if right_timely and said.unknown == 0:
                said.doubts.append("negated")
        elif item.kind == "from":
            if right.kind in TIMELY - {"length"}:
                said.doubts.append("range")
        elif item.kind == "until" and item.text not in ("ل", "الي"):
            if right_timely:
                said.doubts.append("range")
        elif item.kind == "to" and right.kind == "target" and left.kind == "clock_time":
            said.doubts.append("vague")
        elif (right.kind in ("clock_time", "bare", "weekday_said", "date_said", "day") and left.kind == right.kind) or {
            left.kind,
            right.kind,
        } <= {"clock_time", "bare"}:
            said.doubts.append("range")


def _edge(edge: str | None, direction: int) -> str:
    if edge in _EDGES:
        return edge
    if edge == "registration":
        return "closes"
    return "start" if direction < 0 else "end"


def _day_edge(edge: str | None) -> str:
    return edge if edge in ("end", "closes") else "event"


def significant(items: Items, *, keep: frozenset[str]) -> Items:
    """The items that relations are between: nothing that only fills in."""
    return Items(replace(item) for item in items if item.kind in keep or item.text in ("-",))
