"""The token, what is kept of it, how long a link holds, and when the one nudge comes."""

from __future__ import annotations

import random
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guardians.link import (
    LINK_KEPT,
    code_in,
    key_in,
    key_of,
    link_ends_at,
    new_code,
    new_token,
    nudge_at,
    payload_of,
)
from bot.texts import zone_named

START = datetime(2020, 11, 23, 9, tzinfo=UTC)
seeds = st.integers(0, 2**32).map(random.Random)


@given(seeds)
def test_a_payload_is_one_that_telegram_takes_and_leads_to_the_key_of_its_token(rng: random.Random) -> None:
    token = new_token(rng.randrange)
    payload = payload_of(token)

    assert len(token) == 43
    assert len(payload) <= 64 and set(payload) <= set(string.ascii_letters + string.digits + "_-")
    assert key_in(payload) == key_of(token)
    assert token not in key_of(token)


@given(seeds, st.integers(0, 44), st.sampled_from(string.ascii_letters + string.digits + "-_"))
def test_a_token_with_one_other_character_has_another_key(rng: random.Random, at: int, other: str) -> None:
    payload = payload_of(new_token(rng.randrange))
    changed = payload[:at] + other + payload[at + 1 :]

    assert changed == payload or key_in(changed) != key_in(payload)


@given(seeds, st.integers(0, 44))
def test_a_token_that_is_cut_has_no_key(rng: random.Random, length: int) -> None:
    assert key_in(payload_of(new_token(rng.randrange))[:length]) is None


@pytest.mark.parametrize(
    "argument", ["", "g_", "g", "child", "invited", "g_" + "a" * 44, "g_" + "ä" * 43, "x_" + "a" * 43]
)
def test_what_is_no_token_has_no_key(argument: str) -> None:
    assert key_in(argument) is None


def test_two_tokens_are_never_alike() -> None:
    rng = random.Random(1)
    assert len({new_token(rng.randrange) for _ in range(1000)}) == 1000


@given(seeds)
def test_a_code_is_read_as_it_is_quoted(rng: random.Random) -> None:
    code = new_code(rng.randrange)
    digits = code.removeprefix("G-")

    for said in (code, code.lower(), digits, digits.replace("-", " "), f" {code} "):
        assert code_in(said) == code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert code_in(wrong) is None


@given(st.integers(0, 60 * 24 * 30))
def test_a_link_holds_a_week_and_never_past_the_start_of_the_event(minutes: int) -> None:
    now = START - timedelta(minutes=minutes)
    ends = link_ends_at(now, START)

    assert now <= ends <= START and ends - now <= LINK_KEPT
    assert ends == START or ends - now == LINK_KEPT


@given(st.integers(0, 60 * 24 * 30), st.sampled_from(["Africa/Cairo", "Asia/Dubai", "America/New_York"]))
def test_the_nudge_comes_once_by_day_and_well_before_the_end(minutes: int, zone: str) -> None:
    now = START - timedelta(minutes=minutes)
    ends = link_ends_at(now, START)
    nudge = nudge_at(now, ends, zone)

    if nudge is None:
        assert ends - now < timedelta(days=2)
    else:
        assert 9 <= nudge.astimezone(zone_named(zone)).hour <= 17
        assert now < nudge <= ends - timedelta(hours=12)
