"""From what is said to a moment or a question: days, weekdays, lengths and hours worked out by the conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import product

from bot.when.calendar import at_wall, clock_change_at, moved, next_weekend, sunday_of, weekend_of
from bot.when.hours import Hour, readings
from bot.when.items import Length
from bot.when.outcome import Ambiguous, EventTimes, Moment, Nothing, Outcome, Past, Reason
from bot.when.said import Said
from bot.when.zones import OWN, zones_of_value

_SMALL_HOURS = 4  # before this "tomorrow" may be after sleep
_DEFAULT = Hour(9)
_FARTHEST = timedelta(days=3660)
_WEEK = timedelta(days=7)
_OFFERED_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A question about the day, with the days it may be."""

    reason: Reason
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gone:
    """The day is past."""


_Day = date | _Doubt | _Gone | None


class Resolver:
    """Works out one message, for a person whose clock shows `now` (aware) in `zone`."""

    def __init__(self, said: Said, *, now: datetime, zone: tzinfo, country: str | None, event: EventTimes) -> None:
        self.said, self.zone, self.country, self.event = said, zone, country, event
        self.now = now.astimezone(UTC)
        self.local = now.astimezone(zone)
        self.today = self.local.date()
        self.clock_zone = zone

    def resolve(self) -> Outcome:
        """The outcome. What is past or unreachable by the calendar says so too."""
        said = self.said
        if said.is_empty and not said.weak_doubts:
            return Nothing()
        try:
            return (
                self._wholly_behind()
                or self._in_doubt()
                or self._related()
                or self._day_and_hour()
                or self._length_alone()
            )
        except OverflowError:
            return Ambiguous(reason="far")

    def _wholly_behind(self) -> Outcome | None:
        """Convention 8."""
        said = self.said
        gone = (
            said.behind
            or any(day < 0 for day in said.days)
            or any(m in ("last", "last_week") for _, m in said.weekdays)
        )
        before = said.before_event or (said.relation == "event" and said.direction < 0 and said.edge in ("start", ""))
        if gone or (before and self.event.starts_at <= self.now):
            said.rules.append("8 behind")
            return Past()
        return None

    def _in_doubt(self) -> Outcome | None:
        """Convention 16 and everything else that is asked about whatever is said beside it."""
        said = self.said
        if len(set(said.zones)) > 1:
            return Ambiguous(reason="zone")
        if said.doubts:
            return Ambiguous(reason=said.doubts[0], candidates=self._candidates_of(said.doubts[0]))
        if said.zones and said.zones[0] != OWN:
            return self._zone(zones_of_value(said.zones[0]))
        return None

    def _zone(self, zones: Sequence[tzinfo]) -> Outcome | None:
        """Convention 13."""
        self.said.rules.append("13 zone")
        if len({self.now.astimezone(zone).utcoffset() for zone in zones}) == 1:
            self.clock_zone = zones[0]
            return None
        found = []
        for zone in zones:
            self.clock_zone = zone
            outcome = self._day_and_hour()
            found += [outcome.at] if isinstance(outcome, Moment) else []
        return (
            Ambiguous(reason="zone", candidates=self._sorted(found))
            if self.said.has_hour or self.said.has_day
            else Nothing()
        )

    def _related(self) -> Outcome | None:
        """Conventions 1 and 2."""
        said, length = self.said, self.said.length
        if not said.relation:
            return None
        if said.relation == "edge":
            return Ambiguous(reason="several") if said.has_hour or said.has_day else self._moment(self._edge(said.edge))
        if length is None or length.vague:
            return Ambiguous(reason="vague")
        if said.relation == "time":
            base = self._day_and_hour()
            if not isinstance(base, Moment | Past) or base.at is None:
                return base
            return self._moment(moved(base.at, length, said.direction, self.clock_zone))
        if said.relation == "from_now":
            if said.has_hour and length.whole_days and not said.has_day:
                return self._on(self.today + timedelta(days=length.days * said.direction))
            if said.has_hour or said.has_day:
                return Ambiguous(reason="several")
            return self._moment(moved(self.now, length, said.direction, self.zone))
        return self._from_event(length)

    def _from_event(self, length: Length) -> Outcome:
        """Convention 3: a number of days with an hour is that day at that hour, without one a length."""
        said = self.said
        edge = self._edge(said.edge)
        day = edge.astimezone(self.zone).date()
        if said.has_day:
            named = self._day()
            if said.has_hour or named != day:
                return Ambiguous(reason="several")
        elif said.has_hour:
            if not length.whole_days:
                return Ambiguous(reason="several")
            said.rules.append("3 days named by the event")
            return self._on(day + timedelta(days=said.direction * length.days))
        return self._moment(moved(edge, length, said.direction, self.zone))

    def _length_alone(self) -> Outcome:
        said = self.said
        if not said.lengths_alone:
            return Ambiguous(reason=said.weak_doubts[0])
        length = said.lengths_alone[0]
        if length.vague or len(said.lengths_alone) > 1:
            return Ambiguous(reason="vague")
        found = [moved(self.now, length, 1, self.zone), moved(self.event.starts_at, length, -1, self.zone)]
        return Ambiguous(reason="length_alone", candidates=self._sorted(found))

    def _day_and_hour(self) -> Outcome | None:
        said = self.said
        if not (said.has_day or said.has_hour):
            return None
        if said.lengths_alone:
            return Ambiguous(reason="several")
        day = self._day()
        if isinstance(day, _Gone):
            return Past()
        if isinstance(day, _Doubt):
            return self._day_in_doubt(day)
        hours = readings(said)
        if isinstance(hours, str):
            if day is not None and self._day_is_gone(day):
                return Past()
            return Ambiguous(reason=hours)
        said.rules.append("5-7 hours" if hours else "4 a day with no hour")
        if day is None:
            return self._today(hours) if said.this and said.parts else self._next(hours)
        if day == self.today and self._means_today():
            return self._today(hours) if hours else Ambiguous(reason="hour_of_today")
        return self._on(day, hours)

    def _day_is_gone(self, day: date) -> bool:
        return day < self.today

    def _means_today(self) -> bool:
        """Today named as such or by its date, and not as the event's day."""
        return self.said.event_day is None

    def _day_in_doubt(self, doubt: _Doubt) -> Outcome:
        hours = readings(self.said)
        hour = _DEFAULT if isinstance(hours, str) or not hours else hours[0]
        return Ambiguous(reason=doubt.reason, candidates=self._sorted([self._instant(day, hour) for day in doubt.days]))

    def _day(self) -> _Day:
        """The one day that is named, or what there is to ask about it."""
        said = self.said
        found: list[date] = []
        if any(not d.possible for d in said.dates):
            return _Doubt("no_such_date")
        if any(d.past for d in said.dates):
            wrong = any(d.possible[0].weekday() != name for d in said.dates for name, _ in said.weekdays)
            return _Doubt("contradiction") if wrong else _Gone()
        if any(d.vague for d in said.dates):
            return _Doubt("year", tuple(d.possible[0] for d in said.dates))
        found += [d.possible[0] for d in said.dates]
        if any(day > 0 for day in said.days) and self.local.hour < _SMALL_HOURS and not (said.weekdays or said.dates):
            return _Doubt(
                "small_hours", tuple(self.today + timedelta(days=n) for day in said.days for n in (day - 1, day))
            )
        found += [self.today + timedelta(days=day) for day in said.days]
        if said.tonight:
            found.append(self.today)
        if said.event_day:
            edge, days, _ = said.event_day
            found.append(self._edge(edge).astimezone(self.zone).date() + timedelta(days=days))
        if said.after_weekend:
            weekend = weekend_of(self.country, self.today)
            found.append(next_weekend(self.today, weekend)[1] + timedelta(days=1))
        return self._with_weekdays(found)

    def _with_weekdays(self, found: list[date]) -> _Day:
        """A weekday beside another day only confirms it (convention 11); alone it names the day (convention 9)."""
        names = {name for name, _ in self.said.weekdays}
        if found:
            if len(set(found)) > 1 or any(day.weekday() not in names for day in found if names) or len(names) > 1:
                return _Doubt("contradiction", tuple(dict.fromkeys(found)))
            return found[0]
        days = [self._weekday(name, modifier) for name, modifier in self.said.weekdays]
        if len(set(days)) > 1:
            return _Doubt("alternatives", tuple(day for day in days if isinstance(day, date)))
        return days[0] if days else None

    def _weekday(self, name: int, modifier: str) -> date | _Doubt | _Gone:
        """Convention 9."""
        ahead = timedelta(days=(name - self.today.weekday()) % 7)
        nearest = self.today + (ahead or _WEEK)
        in_week = timedelta(days=(name + 1) % 7)
        self.said.rules.append("9 weekdays")
        if modifier == "next_week":
            return sunday_of(self.today) + _WEEK + in_week
        if modifier == "this_week":
            day = sunday_of(self.today) + in_week
            return day if day >= self.today else _Gone()
        if modifier == "next_en" and ahead and sunday_of(nearest) == sunday_of(self.today):
            return _Doubt("next_weekday", (nearest, nearest + _WEEK))
        if modifier.startswith("plus") and ahead:
            return nearest + timedelta(days=int(modifier.removeprefix("plus")))
        if modifier == "after_next":
            return nearest + _WEEK
        if not ahead and modifier not in ("next", "next_en", "coming"):
            return _Doubt("same_weekday", (self.today, nearest))
        return nearest

    def _on(self, day: date, hours: Sequence[Hour] | None = None) -> Outcome:
        """On a named day the first reading; 09:00 where no hour is said."""
        found = readings(self.said) if hours is None else hours
        if isinstance(found, str):
            return Ambiguous(reason=found)
        hour = found[0] if found else _DEFAULT
        tomorrow = bool(self.said.days)
        if hour.night or (hour.midnight and (tomorrow or "midnight" in self.said.parts)):
            both = [self._instant(day, hour), self._instant(day + timedelta(days=1), hour)]
            return Ambiguous(reason="midnight" if hour.midnight else "night", candidates=self._sorted(both))
        return self._at(day, hour)

    def _today(self, hours: Sequence[Hour]) -> Outcome:
        """Convention 8: with "today" or "this", what is gone is past. The night goes on after midnight."""
        if any(hour.night or hour.midnight for hour in hours):
            return self._next(hours)
        found = [hour for hour in hours if self._instant(self.today, hour) > self.now]
        if not found and self.said.tonight and not self.said.clocks:
            return Past()
        return self._at(self.today, found[0] if found else hours[-1])

    def _next(self, hours: Sequence[Hour]) -> Outcome:
        """With no day, the next occurrence on the clock that is read."""
        first = self.now.astimezone(self.clock_zone).date() - timedelta(days=1)
        all_ = [
            (self._instant(day, hour), day, hour)
            for n in range(4)
            for day in [first + timedelta(days=n)]
            for hour in hours
        ]
        _, day, hour = min((found for found in all_ if found[0] > self.now), key=lambda found: found[0])
        return self._at(day, hour)

    def _instant(self, day: date, hour: Hour) -> datetime:
        return at_wall(day, hour.hour, hour.minute, hour.second, self.clock_zone)

    def _at(self, day: date, hour: Hour) -> Outcome:
        change = clock_change_at(day, hour.hour, hour.minute, self.clock_zone)
        outcome = self._moment(self._instant(day, hour))
        if isinstance(outcome, Moment) and change:
            self.said.rules.append("14 clock changes")
            return Moment(at=outcome.at, clock_change=change, hijri=outcome.hijri)
        return outcome

    def _moment(self, at: datetime) -> Outcome:
        local = at.astimezone(self.zone)
        if at <= self.now:
            return Past(at=local)
        if at - self.now > _FARTHEST:
            return Ambiguous(reason="far", candidates=(local,))
        return Moment(at=local, hijri=self.said.hijri)

    def _edge(self, edge: str) -> datetime:
        times = {"end": self.event.ends_at, "closes": self.event.closes_at, "registration": self.event.closes_at}
        return times.get(edge, self.event.starts_at)

    def _sorted(self, found: Sequence[datetime]) -> tuple[datetime, ...]:
        return tuple(at.astimezone(self.zone) for at in sorted(set(found)) if at > self.now)

    def _candidates_of(self, reason: Reason) -> tuple[datetime, ...]:
        """What a range, a choice or a weekend may be narrowed down to, if its ends are plain."""
        said = self.said
        if reason == "weekend":
            hours = readings(said)
            hour = _DEFAULT if isinstance(hours, str) or not hours else hours[0]
            return self._sorted(
                [self._instant(day, hour) for day in next_weekend(self.today, weekend_of(self.country, self.today))]
            )
        if reason not in ("alternatives", "range") or said.relation:
            return ()
        clocks = [[clock] for clock in said.clocks] or [[]]
        weekdays = [[weekday] for weekday in said.weekdays] or [[]]
        days = [[day] for day in said.days] or [[]]
        found: list[datetime] = []
        for one_clock, one_weekday, one_day in product(clocks, weekdays, days):
            narrowed = replace(said, clocks=one_clock, weekdays=one_weekday, days=one_day, doubts=[], zones=[])
            outcome = Resolver(narrowed, now=self.now, zone=self.zone, country=self.country, event=self.event).resolve()
            found += [outcome.at] if isinstance(outcome, Moment) else []
        return self._sorted(found)[:_OFFERED_AT_MOST]
