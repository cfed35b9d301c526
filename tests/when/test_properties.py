"""What holds for every message: no answer before now, digits and languages agree, clocks may change meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.texts import zone_named
from bot.texts.zones import zone_names
from bot.when import Ambiguous, Moment, Outcome, Past, understand
from tests.when.asking import EVENT, rows

ZONES = sorted(zone_names())
TEXTS = [row.text for row in (*rows("when_dev.tsv"), *rows("when_paraphrases.tsv"))]
WORDS = sorted({word for text in TEXTS for word in text.split()})
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ARABIC_DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")

moments = st.datetimes(datetime(2016, 1, 1), datetime(2030, 12, 31)).map(lambda found: found.replace(tzinfo=UTC))
zones = st.sampled_from(ZONES)
messages = st.one_of(st.sampled_from(TEXTS), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))


def ask(text: str, now: datetime, zone: str = "UTC", language: str = "en") -> Outcome:
    return understand(text, language=language, now=now, zone=zone, event=EVENT)


def clock_changes() -> list[tuple[str, datetime]]:
    """Every hour from 2016 to 2030 within which a clock of an Arab country or a neighbour changes, with its zone."""
    names = (
        "Africa/Cairo",
        "Asia/Beirut",
        "Asia/Gaza",
        "Asia/Amman",
        "Asia/Damascus",
        "Africa/Casablanca",
        "Europe/London",
    )
    found = []
    for name in names:
        zone = zone_named(name)
        at = datetime(2016, 1, 1, tzinfo=UTC)
        while at < datetime(2031, 1, 1, tzinfo=UTC):
            after = at + timedelta(days=1)
            if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
                hours = [at + timedelta(hours=n) for n in range(1, 25)]
                found.append(
                    (name, next(h for h in hours if h.astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset()))
                )
            at = after
    return found


CHANGES = clock_changes()


@given(messages, moments, zones, st.sampled_from(("ar", "en")))
@settings(max_examples=400, deadline=None)
def test_the_answer_never_lies_before_now(text: str, now: datetime, zone: str, language: str) -> None:
    outcome = ask(text, now, zone, language)
    if isinstance(outcome, Moment):
        assert outcome.at > now
        assert outcome.at.utcoffset() == outcome.at.astimezone(zone_named(zone)).utcoffset()
    if isinstance(outcome, Ambiguous):
        assert all(at > now for at in outcome.candidates)
        assert list(outcome.candidates) == sorted(set(outcome.candidates))
    if isinstance(outcome, Past) and outcome.at is not None:
        assert outcome.at <= now


@given(st.integers(2, 5000), moments, zones)
@settings(deadline=None)
def test_in_so_many_minutes_is_that_much_later_whatever_the_clocks_do(minutes: int, now: datetime, zone: str) -> None:
    for text in (f"in {minutes} minutes", f"بعد {minutes} دقيقة", f"ba3d {minutes} da2i2a"):
        outcome = ask(text, now, zone, "ar")
        assert isinstance(outcome, Moment)
        assert outcome.at - now == timedelta(minutes=minutes)


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone}-{at:%Y-%m-%d}" for zone, at in CHANGES])
def test_over_a_clock_change_days_keep_the_wall_time_and_hours_do_not(zone: str, change: datetime) -> None:
    now = (change - timedelta(hours=10)).replace(second=0, microsecond=0)
    wall = now.astimezone(zone_named(zone)).replace(tzinfo=None)
    day, hours, tomorrow = (ask(text, now, zone) for text in ("in one day", "in 24 hours", "in one day at noon"))
    assert isinstance(day, Moment)
    assert isinstance(hours, Moment)
    assert isinstance(tomorrow, Moment)
    assert day.at.replace(tzinfo=None) - wall == timedelta(days=1)
    assert hours.at - now == timedelta(hours=24)
    assert (tomorrow.at.hour, tomorrow.at.minute) == (12, 0)


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone}-{at:%Y-%m-%d}" for zone, at in CHANGES])
def test_a_wall_time_that_is_skipped_moves_forward_and_one_that_repeats_is_the_first(
    zone: str, change: datetime
) -> None:
    clock = zone_named(zone)
    before, after = (change - timedelta(hours=2)).astimezone(clock), (change + timedelta(hours=1)).astimezone(clock)
    gap = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
    start = before + timedelta(hours=1) if gap > timedelta(0) else before + timedelta(hours=1) + gap
    wall = datetime.combine(before.date(), datetime.min.time())
    wall = start.replace(tzinfo=None, minute=30) if gap else wall
    now = (change - timedelta(hours=16)).astimezone(UTC)
    outcome = ask(f"{wall:%d/%m/%Y} {wall:%H:%M}", now, zone)
    expected = wall.replace(tzinfo=clock).astimezone(UTC)
    assert isinstance(outcome, Moment)
    assert outcome.at == expected


@given(st.integers(0, 23), st.integers(0, 59), moments)
@settings(deadline=None)
def test_digits_of_all_scripts_agree(hour: int, minute: int, now: datetime) -> None:
    plain = f"tomorrow at {hour:02}:{minute:02}"
    outcomes = {ask(plain.translate(str.maketrans(DIGITS[0], digits)), now) for digits in DIGITS}
    assert len(outcomes) == 1


@given(st.integers(1, 12), st.sampled_from((("am", "صباحا"), ("pm", "مساء"))), st.integers(0, 6), moments, zones)
@settings(deadline=None)
@example(hour=9, half=("am", "صباحا"), day=5, now=datetime(2026, 4, 23, 20, tzinfo=UTC), zone="Africa/Cairo")
def test_arabic_and_english_of_the_same_meaning_agree(
    hour: int, half: tuple[str, str], day: int, now: datetime, zone: str
) -> None:
    if hour == 12:  # «١٢ مساء» is asked about, "12 pm" is noon
        return
    pairs = (
        (f"{ENGLISH_DAYS[day]} at {hour} {half[0]}", f"{ARABIC_DAYS[day]} الساعة {hour} {half[1]}"),
        (f"tomorrow at {hour} {half[0]}", f"غدا الساعة {hour} {half[1]}"),
        (f"in {hour + 2} hours", f"بعد {hour + 2} ساعات"),
        (f"{hour + 2} hours before the event", f"قبل الفعالية بـ {hour + 2} ساعات"),
        (f"in {hour + 2} days", f"بعد {hour + 2} أيام"),
        (f"at {hour}", f"الساعة {hour}"),
    )
    for english, arabic in pairs:
        assert ask(english, now, zone) == ask(arabic, now, zone, "ar")


@given(st.integers(0, 6), st.integers(1, 50), st.datetimes(datetime(2017, 1, 1), datetime(2029, 1, 1)), zones)
@settings(deadline=None)
def test_a_week_later_weekdays_are_a_week_later(day: int, weeks: int, local: datetime, zone: str) -> None:
    clock = zone_named(zone)
    for text in (
        f"{ENGLISH_DAYS[day]} at noon",
        f"next {ENGLISH_DAYS[day]} at noon",
        f"{ARABIC_DAYS[day]} القادم ظهرا",
    ):
        first = ask(text, local.replace(tzinfo=clock), zone)
        later = ask(text, (local + timedelta(weeks=weeks)).replace(tzinfo=clock), zone)
        assert type(first) is type(later)
        if isinstance(first, Moment) and isinstance(later, Moment):
            assert _noon(later.at) - _noon(first.at) == timedelta(weeks=weeks)


def _noon(at: datetime) -> date:
    """The day, for a noon that the clocks skip is said an hour later, and a day that a zone skips not at all."""
    return at.date()


@given(st.integers(1, 300), moments)
@settings(deadline=None)
def test_more_minutes_are_never_sooner(minutes: int, now: datetime) -> None:
    sooner, later = (ask(f"in {n} minutes", now) for n in (minutes + 1, minutes + 2))
    assert isinstance(sooner, Moment)
    assert isinstance(later, Moment)
    assert sooner.at < later.at


@given(st.sampled_from(TEXTS), st.sampled_from(("\u200f", "\u200e", "\u202b", "\u2067", "\u061c", "\ufeff")), st.data())
@settings(deadline=None)
def test_marks_that_cannot_be_seen_change_nothing(text: str, mark: str, data: st.DataObject) -> None:
    now = datetime(2020, 11, 17, 17, 30, tzinfo=UTC)
    at = data.draw(st.integers(0, len(text)))
    assert ask(text[:at] + mark + text[at:], now, "Africa/Cairo", "ar") == ask(text, now, "Africa/Cairo", "ar")


@given(st.sampled_from(TEXTS), st.sampled_from(("please ", "من فضلك ", "لو سمحت ", "إن شاء الله ")))
@settings(deadline=None)
def test_politeness_changes_no_moment(text: str, politeness: str) -> None:
    """A courtesy may make a lone word a sentence, never a moment another one."""
    now = datetime(2020, 11, 17, 17, 30, tzinfo=UTC)
    plain, polite = (ask(said, now, "Africa/Cairo", "ar") for said in (text, politeness + text))
    if isinstance(plain, Moment) and isinstance(polite, Moment):
        assert plain == polite
