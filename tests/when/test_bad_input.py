"""Whatever is typed: a question back or a clear line, nothing lost, nothing slow."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import UnknownZone
from bot.when import Ambiguous, Moment, Nothing, Past, understand
from tests.when.asking import EVENT, ask, rows, said

NOW = datetime(2020, 11, 17, 17, 30, tzinfo=UTC)
KINDS = (Moment, Ambiguous, Nothing, Past)
SCRIPTS = "abcdeصضطعغ٠١٢۴0123456789:/.-+ \n\u200f\u202eéßЖя漢字かなहि日😀👨‍👩‍👧½%،؟"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("at 25:00", "ambiguous"),
        ("الساعة 25", "ambiguous"),
        ("at 7:75", "ambiguous"),
        ("25", "ambiguous"),
        ("31 November", "ambiguous"),
        ("31/11/2020", "ambiguous"),
        ("29 February", "ambiguous"),
        ("29 February 2021", "ambiguous"),
        ("٣١ نوفمبر", "ambiguous"),
        ("45 Ramadan", "ambiguous"),
        ("31 Ramadan 1442", "ambiguous"),
        ("1/1/0001", "past"),
        ("31/12/9999 at 23:59", "ambiguous"),
        ("1 Ramadan 1600", "ambiguous"),
        ("5 pm UTC+99", "ambiguous"),
        ("5 pm GMT+14:30", "ambiguous"),
        ("5 pm Atlantis time", "ambiguous"),
        ("8 pm +3", "2020-11-18 19:00"),
        ("8 pm + 333", "ambiguous"),
        ("8:30 + x", "2020-11-17 20:30"),
        ("in 99999999 hours", "ambiguous"),
        ("in 9999999 years", "ambiguous"),
        ("بعد 999999 أسبوع", "ambiguous"),
        ("999999 days before the event", "ambiguous"),
        ("0 minutes before the event", "2020-11-23 11:00"),
        ("in 0 minutes", "past"),
        ("", "none"),
        ("   \n\t", "none"),
        ("?", "none"),
        ("👍", "none"),
        ("9" * 400, "none"),
        ("9:" * 300, "none"),
    ],
)
def test_what_cannot_be_is_asked_about_or_refused(text: str, kind: str) -> None:
    assert said(ask(text)) == kind


def test_a_zone_that_does_not_exist_is_said_at_once() -> None:
    with pytest.raises(UnknownZone):
        understand("at 5", language="en", now=NOW, zone="Mars/Base", event=EVENT)
    with pytest.raises(ValueError, match="naive"):
        understand("at 5", language="en", now=datetime(2020, 11, 17), zone="UTC", event=EVENT)


@given(st.one_of(st.text(max_size=200), st.text(alphabet=SCRIPTS, max_size=120)), st.sampled_from(("ar", "en")))
@settings(max_examples=400, deadline=None)
def test_any_text_in_any_script_comes_to_one_of_four(text: str, language: str) -> None:
    assert isinstance(understand(text, language=language, now=NOW, zone="Africa/Cairo", event=EVENT), KINDS)


@given(
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)), st.sampled_from([row.text for row in rows("when_dev.tsv")])
)
@settings(max_examples=300, deadline=None)
def test_any_year_the_calendar_has_may_be_now(now: datetime, text: str) -> None:
    outcome = understand(text, language="ar", now=now.replace(tzinfo=UTC), zone="Asia/Riyadh", event=EVENT)
    assert isinstance(outcome, KINDS)


def test_marks_of_direction_inside_a_number_are_not_there() -> None:
    assert ask("غدا الساعة 1\u200f0:3\u202b0") == ask("غدا الساعة 10:30")


def test_a_thousand_times_at_once_are_a_question() -> None:
    assert isinstance(ask(" ".join(f"at {n % 24}:{n % 60:02}" for n in range(1000))), Ambiguous)


@pytest.mark.parametrize(
    "unit",
    [
        "5 ",
        "tomorrow at 5 ",
        "5 and ",
        "12:30 ",
        "of the ",
        "بكرة الساعة خمسة ونص ",
        "bokra el sa3a 5 ",
        "-",
        "xq ",
        "a",
    ],
)
def test_four_thousand_characters_take_less_than_twenty_milliseconds(unit: str) -> None:
    text = (unit * 4000)[:4000]
    understand(text, language="ar", now=NOW, zone="Africa/Cairo", event=EVENT)
    assert min(_cpu_seconds(text) for _ in range(5)) < 0.020


def _cpu_seconds(text: str) -> float:
    began = time.process_time()
    understand(text, language="ar", now=NOW, zone="Africa/Cairo", event=EVENT)
    return time.process_time() - began


def test_a_message_takes_less_than_a_millisecond() -> None:
    texts = [row.text for row in rows("when_dev.tsv")]
    for text in texts:
        understand(text, language="ar", now=NOW, zone="Africa/Cairo", event=EVENT)
    assert sorted(_cpu_seconds(text) for text in texts)[len(texts) // 2] < 0.001
