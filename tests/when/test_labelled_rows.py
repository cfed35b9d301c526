"""The labelled rows, and the paraphrases written from the conventions alone: how many are right, in every variety."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.when import Moment
from tests.when.asking import Row, answer, is_right, rows

FILES = ("when_dev.tsv", "when_paraphrases.tsv")
LABELLED = {name: rows(name) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_nearly_all_rows_are_right_and_hardly_a_moment_is_wrong(name: str) -> None:
    wrong = [row for row in LABELLED[name] if not is_right(row, answer(row))]
    moments = [row.text for row in wrong if isinstance(answer(row), Moment)]
    assert len(wrong) <= 0.02 * len(LABELLED[name]), [row.text for row in wrong]
    assert moments == []


@pytest.mark.parametrize("name", FILES)
def test_no_variety_and_no_category_lags_behind(name: str) -> None:
    for aspect in ("variety", "category"):
        of: Counter[str] = Counter(getattr(row, aspect) for row in LABELLED[name])
        right: Counter[str] = Counter(getattr(row, aspect) for row in LABELLED[name] if is_right(row, answer(row)))
        assert {key: right[key] / of[key] for key in of if right[key] / of[key] < 0.9} == {}


def test_there_are_paraphrases_in_every_variety_and_category() -> None:
    dev, own = LABELLED["when_dev.tsv"], LABELLED["when_paraphrases.tsv"]
    assert {row.variety for row in own} == {row.variety for row in dev}
    assert {row.category for row in own} == {row.category for row in dev}
    assert len(own) >= 200
    assert len({_key(row) for row in own}) == len(own)


def _key(row: Row) -> tuple[str, str, str]:
    return row.text, row.now, row.tz
