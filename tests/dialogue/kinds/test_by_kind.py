"""What one kind does and the others do not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialogue.definition import Choice, Question
from bot.dialogue.kinds import KINDS, Accepted, AnswerContext, Candidates, Problem, Tapped, Typed
from bot.texts import ARAB_COUNTRIES, texts_for

EVENT = (datetime(2020, 11, 23, 9, tzinfo=UTC), datetime(2020, 11, 23, 11, tzinfo=UTC))
TEXT = {"ar": "سؤال", "en": "question"}


def question(kind: str, **changes: Any) -> Question:
    return Question(id="q", kind=kind, text=TEXT, short=TEXT, **changes)


def context(lang: str = "en", **changes: Any) -> AnswerContext:
    return AnswerContext(texts=texts_for(lang, changes.get("country")), answers={}, moments=EVENT, **changes)


def labels(kind: str, around: AnswerContext, **changes: Any) -> list[list[str]]:
    keyboard = KINDS[kind].keyboard(question(kind, **changes), around)
    return [[option.label for option in row] for row in keyboard.rows]


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"c{i}", label={"ar": name, "en": name}) for i, name in enumerate(names))


def test_short_labels_stand_two_a_row() -> None:
    assert labels("choice", context(), choices=choices("Red", "Green", "Blue")) == [["Red", "Green"], ["Blue"]]


def test_one_long_label_gives_every_choice_its_own_row() -> None:
    long = "a label of over twenty characters"
    assert labels("choice", context(), choices=choices("Red", long)) == [["Red"], [long]]


def test_a_ticked_choice_says_so_in_its_label() -> None:
    assert labels("choices", context(partial=["c1"]), choices=choices("Red", "Green")) == [["Red", "✓ Green"]]


def test_several_choices_are_shown_as_a_list_in_words() -> None:
    asked = question("choices", choices=choices("Red", "Green", "Blue"))
    assert KINDS["choices"].render(asked, ["c0", "c1", "c2"], context()) == "Red, Green and Blue"


def test_a_choice_that_was_dropped_is_shown_by_its_id() -> None:
    assert KINDS["choice"].render(question("choice", choices=choices("Red")), "gone", context()) == "gone"
    assert KINDS["choices"].render(question("choices", choices=choices("Red")), ["gone"], context()) == "gone"
    assert KINDS["age_band"].render(question("age_band", choices=choices("18+")), "gone", context()) == "gone"


def test_a_label_in_the_other_language_answers_too() -> None:
    asked = question("choice", choices=(Choice(id="reg", label={"ar": "هيئة تنظيمية", "en": "Regulator"}),))
    assert KINDS["choice"].parse(asked, Typed(text="Regulator"), context("ar")) == Accepted(value="reg")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_arab_countries_are_offered_two_a_row(lang: str) -> None:
    rows = KINDS["country"].keyboard(question("country"), context(lang)).rows

    assert [len(row) for row in rows] == [2] * 11
    assert {option.code for row in rows for option in row} == set(ARAB_COUNTRIES)


def test_the_countries_stand_in_the_order_of_the_language() -> None:
    assert labels("country", context("en"))[0] == ["Algeria", "Bahrain"]
    assert labels("country", context("ar"))[0] == ["الأردن", "الإمارات العربية المتحدة"]


@pytest.mark.parametrize("country", ARAB_COUNTRIES)
def test_no_arab_country_is_asked_for_its_zone(country: str) -> None:
    zone = KINDS["time_zone"].implied(question("time_zone"), context(country=country))
    assert zone is not None
    assert KINDS["time_zone"].still_valid(question("time_zone"), zone)


@pytest.mark.parametrize("country", ["US", "CA", "BR", "AU", "RU", "ID"])
def test_a_country_whose_clocks_differ_is_asked_for_a_city(country: str) -> None:
    around = context("ar", country=country)

    assert KINDS["time_zone"].implied(question("time_zone"), around) is None
    assert len(labels("time_zone", around)) >= 2


def test_a_zone_too_long_for_a_button_comes_back_whole() -> None:
    asked, around = question("time_zone"), context(country="US")
    offered = KINDS["time_zone"].parse(asked, Typed(text="somewhere in Argentina"), around)
    assert isinstance(offered, Candidates)

    tapped = KINDS["time_zone"].parse(asked, Tapped(code=offered.options[0].code), around)

    assert tapped == Accepted(value="America/Argentina/Buenos_Aires")


def test_a_country_typed_for_a_zone_offers_the_cities_that_differ() -> None:
    offered = KINDS["time_zone"].parse(question("time_zone"), Typed(text="Brazil"), context())

    assert isinstance(offered, Candidates)
    assert "America/Sao_Paulo" in {option.code for option in offered.options}


def test_without_a_country_no_zone_is_implied_or_offered() -> None:
    assert KINDS["time_zone"].implied(question("time_zone"), context()) is None
    assert labels("time_zone", context()) == []


def test_a_slip_in_the_domain_offers_the_usual_one_and_what_was_typed() -> None:
    offered = KINDS["email"].parse(question("email"), Typed(text="nour@gmial.com"), context())

    assert isinstance(offered, Candidates)
    assert [option.label for option in offered.options] == ["nour@gmail.com", "nour@gmial.com"]


def test_a_tapped_address_is_the_one_that_was_offered() -> None:
    offered = KINDS["email"].parse(question("email"), Typed(text="nour@gmial.com"), context())
    assert isinstance(offered, Candidates)

    for option in offered.options:
        tapped = Tapped(code=option.code)
        around = context(candidates=offered.options)
        assert KINDS["email"].parse(question("email"), tapped, around) == Accepted(value=option.label)


def test_a_phone_question_asks_for_the_own_contact() -> None:
    assert KINDS["phone"].keyboard(question("phone"), context()).share_contact


def test_an_example_number_is_of_the_persons_country() -> None:
    wrong = KINDS["phone"].parse(question("phone"), Typed(text="12"), context(country="JO"))

    assert isinstance(wrong, Problem)
    assert str(wrong.params["example"]).startswith("+962 ")


def test_a_number_that_is_no_number_is_shown_as_it_is_stored() -> None:
    assert KINDS["phone"].render(question("phone"), "+1", context()) == "+1"


def test_the_yes_and_the_no_are_in_the_persons_language() -> None:
    assert labels("yes_no", context("ar")) == [["نعم", "لا"]]
    assert labels("consent", context("en")) == [["I agree", "I do not agree"]]


def test_nothing_but_a_zone_is_ever_implied() -> None:
    around = context(country="EG")
    implied = {name for name, kind in KINDS.items() if kind.implied(question(name), around) is not None}
    assert implied == {"time_zone"}
