from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.bucket import Pace, Rates, TokenBucket


def test_a_burst_passes_and_the_next_waits_for_its_token() -> None:
    bucket = TokenBucket(1.0, 5.0, 100.0)
    assert [bucket.take(100.0) for _ in range(6)] == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    assert bucket.take(100.5) == pytest.approx(0.5)
    assert bucket.take(101.0) == 0.0


def test_asking_takes_nothing() -> None:
    bucket = TokenBucket(1.0, 1.0, 0.0)
    assert bucket.wait(0.0) == bucket.wait(0.0) == bucket.take(0.0) == 0.0
    assert bucket.wait(0.0) == 1.0


def test_a_token_spent_before_it_is_there_makes_the_next_wait_longer() -> None:
    bucket = TokenBucket(1.0, 1.0, 0.0)
    bucket.spend(0.0)
    bucket.spend(0.0)
    assert bucket.wait(0.0) == 2.0


@pytest.mark.parametrize(("per_s", "burst"), [(0.0, 1.0), (-1.0, 1.0), (1.0, 0.5)])
def test_a_bucket_that_could_never_give_is_refused(per_s: float, burst: float) -> None:
    with pytest.raises(ValueError, match="holds at least one"):
        TokenBucket(per_s, burst, 0.0)


@given(
    per_s=st.floats(0.05, 100.0),
    burst=st.integers(1, 50),
    gaps=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=200),
)
def test_no_span_of_time_ever_passes_more_than_burst_and_rate_allow(
    per_s: float, burst: int, gaps: list[float]
) -> None:
    bucket, now, taken = TokenBucket(per_s, burst, 0.0), 0.0, []
    for gap in gaps:
        now += gap
        if bucket.take(now) == 0.0:
            taken.append(now)
    for first, at in enumerate(taken):
        inside = len(taken) - first
        assert inside <= burst + per_s * (now - at) + 1e-3


@given(per_s=st.floats(0.05, 100.0), burst=st.integers(1, 50), start=st.floats(0, 1e7))
def test_who_waits_as_told_is_served(per_s: float, burst: int, start: float) -> None:
    bucket, now = TokenBucket(per_s, burst, start), start
    for _ in range(burst + 5):
        now += bucket.wait(now)
        assert bucket.take(now) == 0.0


def test_a_group_gets_at_most_twenty_in_any_minute() -> None:
    pace, sent, now = Pace(Rates(), 0.0), [], 0.0
    while now < 300:
        wait = max(pace.chat_wait(-5, now), pace.overall_wait(now))
        if wait > 0:
            now += wait
            continue
        pace.spend(-5, now)
        sent.append(now)
    assert max(sum(1 for at in sent if start <= at < start + 60) for start in sent) <= 20
    assert len(sent) > 60


def test_chats_are_paced_apart_and_together() -> None:
    pace = Pace(Rates(overall_burst=8.0), 0.0)
    for _ in range(5):
        pace.spend(1, 0.0)
    assert pace.chat_wait(1, 0.0) == 1.0
    assert pace.chat_wait(2, 0.0) == 0.0
    for _ in range(3):
        pace.spend(2, 0.0)
    assert pace.overall_wait(0.0) == pytest.approx(1 / 30)


def test_chats_that_rested_are_forgotten() -> None:
    pace = Pace(Rates(), 0.0)
    for chat_id in range(5000):
        pace.spend(chat_id, chat_id / 30)
    assert pace.chats < 1200
