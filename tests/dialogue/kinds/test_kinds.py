"""Each kind against its own table of cases: cases/<kind>.toml. A kind without a table fails."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.definition import Choice, Question
from bot.dialogue.kinds import (
    KINDS,
    Accepted,
    AnswerContext,
    Candidates,
    Option,
    Parsed,
    Partial,
    Problem,
    SharedContact,
    Tapped,
    Typed,
)
from bot.texts import texts_for

CASES = Path(__file__).parent / "cases"
EVENT = (datetime(2020, 11, 23, 9, tzinfo=UTC), datetime(2020, 11, 23, 11, tzinfo=UTC))
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
FEWEST_CASES = 12


def table(kind: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{kind}.toml").read_text(encoding="utf-8"))


def question_of(kind: str) -> Question:
    definition = table(kind)["question"]
    choices = tuple(Choice(id=i, label={"ar": ar, "en": en}) for i, ar, en in definition.pop("choices", ()))
    text = {"ar": "سؤال", "en": "question"}
    return Question(id="q", kind=kind, text=text, short=text, choices=choices, **definition)


def context_of(case: dict[str, Any]) -> AnswerContext:
    return AnswerContext(
        texts=texts_for(case.get("lang", "ar"), case.get("country")),
        answers={},
        country=case.get("country"),
        partial=case.get("before"),
        moments=EVENT,
        candidates=tuple(Option(code=code, label=label) for code, label in case.get("offered", ())),
    )


def parse(kind: str, case: dict[str, Any]) -> Parsed:
    if "typed" in case:
        done: Typed | Tapped | SharedContact = Typed(text=case["typed"])
    elif "tapped" in case:
        done = Tapped(code=case["tapped"])
    else:
        done = SharedContact(phone=case["contact"], own=case.get("own", True))
    return KINDS[kind].parse(question_of(kind), done, context_of(case))


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(table(path.stem)["case"], 1):
            yield pytest.param(path.stem, case, id=f"{path.stem}-{number}")


ALL_CASES = list(cases())


def outcome(parsed: Parsed) -> tuple[str, Any]:
    match parsed:
        case Accepted(value=value):
            return "value", value
        case Partial(value=value):
            return "partial", value
        case Candidates(options=options):
            return "candidates", [option.code for option in options]
        case Problem(code=code):
            return "problem", code


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_table_of_cases(kind: str) -> None:
    assert len(table(kind)["case"]) >= FEWEST_CASES


def test_every_table_belongs_to_a_kind() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_registered_by_its_own_name(kind: str) -> None:
    assert KINDS[kind].name == kind


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
def test_an_input_gives_what_the_table_says(kind: str, case: dict[str, Any]) -> None:
    expected = next((key, case[key]) for key in ("value", "partial", "candidates", "problem") if key in case)

    parsed = parse(kind, case)

    assert outcome(parsed) == expected
    if "params" in case:
        assert isinstance(parsed, Problem)
        assert parsed.params == case["params"]


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
def test_the_digits_of_any_script_mean_the_same(kind: str, case: dict[str, Any]) -> None:
    typed = case.get("typed", "")
    if kind in {"short_text", "long_text"} or not re.search("[0-9]", typed):
        return
    expected = outcome(parse(kind, case))

    for digits in (ARABIC_INDIC, PERSIAN):
        assert outcome(parse(kind, {**case, "typed": typed.translate(digits)})) == expected


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
def test_direction_marks_and_spaces_around_do_not_matter(kind: str, case: dict[str, Any]) -> None:
    if "typed" not in case:
        return
    expected = outcome(parse(kind, case))

    assert outcome(parse(kind, {**case, "typed": f" \u200f\u2067{case['typed']}\u2069\u200e\u00a0"})) == expected


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_problem_has_words_in_both_languages(kind: str, case: dict[str, Any], lang: str) -> None:
    parsed = parse(kind, {**case, "lang": lang})
    if isinstance(parsed, Problem):
        assert texts_for(lang).t(f"problem.{parsed.code}", **parsed.params)


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
def test_an_accepted_value_is_json_renders_and_is_still_valid(kind: str, case: dict[str, Any]) -> None:
    parsed = parse(kind, case)
    if not isinstance(parsed, Accepted):
        return
    question = question_of(kind)

    assert json.loads(json.dumps(parsed.value)) == parsed.value
    assert KINDS[kind].still_valid(question, parsed.value)
    for lang in ("ar", "en"):
        assert KINDS[kind].render(question, parsed.value, context_of({**case, "lang": lang}))


@pytest.mark.parametrize(("kind", "case"), ALL_CASES)
def test_what_is_shown_of_a_value_can_be_typed_back(kind: str, case: dict[str, Any]) -> None:
    parsed = parse(kind, case)
    if not isinstance(parsed, Accepted) or kind in {"choices", "consent", "time_zone"}:
        return
    if kind == "email" and "offered" in case:
        return  # an address that is asked about is asked about again
    question = question_of(kind)
    if kind == "phone" and parsed.value.startswith("+888"):
        return  # Telegram's anonymous numbers can be shared and not typed

    for lang in ("ar", "en"):
        shown = KINDS[kind].render(question, parsed.value, context_of({**case, "lang": lang}))
        assert outcome(parse(kind, {"typed": shown, "lang": lang})) == ("value", parsed.value)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_button_of_a_kind_is_legal_and_answers_its_question(kind: str, lang: str) -> None:
    question, context = question_of(kind), context_of({"lang": lang, "country": "US"})

    keyboard = KINDS[kind].keyboard(question, context)

    for option in (option for row in keyboard.rows for option in row):
        assert re.fullmatch(r"[A-Za-z0-9_/+-]{1,20}", option.code)
        assert option.label.strip()
        if option.code != "disagree":
            assert isinstance(KINDS[kind].parse(question, Tapped(code=option.code), context), Accepted | Partial)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_well_made_question_has_no_faults(kind: str) -> None:
    assert KINDS[kind].faults(question_of(kind)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("value", [None, 7, "", "no such thing", [], ["no such thing"], {"a": 1}, 1.5])
def test_a_value_that_no_longer_fits_is_not_valid_and_does_no_harm(kind: str, value: Any) -> None:
    valid = KINDS[kind].still_valid(question_of(kind), value)
    assert valid == (kind in {"short_text", "long_text", "person_name"} and isinstance(value, str) and value != "")


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(text=st.text(st.characters(codec=None), max_size=60), lang=st.sampled_from(["ar", "en"]))
def test_no_text_breaks_a_kind(kind: str, text: str, lang: str) -> None:
    question, context = question_of(kind), context_of({"lang": lang, "country": "EG"})

    parsed = KINDS[kind].parse(question, Typed(text=text), context)

    match parsed:
        case Accepted(value=value):
            assert KINDS[kind].render(question, value, context)
            assert KINDS[kind].still_valid(question, value)
        case Candidates(options=options):
            assert 1 <= len(options) <= 6
        case Problem(code=code, params=params):
            assert context.texts.t(f"problem.{code}", **params)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("text", ["a" * 4096, "م" * 4096, "1" * 4096, "@" * 4096, "+" * 4096, "a@b." * 1024, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 40])
def test_the_longest_message_is_answered_at_once(kind: str, text: str) -> None:
    parsed = KINDS[kind].parse(question_of(kind), Typed(text=text), context_of({}))
    assert isinstance(parsed, Problem | Candidates)
