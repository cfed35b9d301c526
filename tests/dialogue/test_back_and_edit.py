"""Back, and correcting an answer from the review: what is asked again, what is cleared and named."""

from __future__ import annotations

from bot.dialogue.context import previous
from bot.dialogue.draft import REVIEW
from bot.dialogue.events import (
    Ask,
    Cleared,
    Corrected,
    Kept,
    OldButton,
    Picked,
    Review,
    Reviewed,
    Said,
    Skipped,
    WentBack,
)
from bot.dialogue.kinds import Typed
from tests.dialogue.forms import FORM, filled, go


def test_back_leads_to_the_question_before() -> None:
    assert go(filled("email"), WentBack("email")).view == Ask(question="organisation")


def test_back_passes_over_what_was_implied_and_what_does_not_apply() -> None:
    draft = filled("title", kind=Picked("kind", "family"))

    assert go(draft, WentBack("title")).view == Ask(question="country")


def test_back_never_reaches_the_age_band() -> None:
    draft = filled("email")

    for _ in FORM:
        draft = go(draft, WentBack(draft.at)).draft
        assert draft.at != "age"

    assert draft.at == "consent"
    assert previous(FORM, draft) is None


def test_back_where_nothing_is_before_changes_nothing() -> None:
    draft = filled("consent")

    done = go(draft, WentBack("consent"))

    assert done.draft.at == "consent" and done.draft.answers == draft.answers


def test_going_back_loses_no_answer_and_keeping_goes_on_from_where_it_was() -> None:
    draft = filled("email")

    back = go(draft, WentBack("email"), WentBack("organisation"), WentBack("name"))
    assert back.draft.answers == draft.answers
    assert back.view == Ask(question="title")

    assert go(back.draft, Kept("title")).view == Ask(question="email")


def test_another_answer_after_going_back_goes_on_from_where_it_was() -> None:
    back = go(filled("email"), WentBack("email"), WentBack("organisation"))

    done = go(back.draft, Said(Typed(text="Salma Haddad")))

    assert done.draft.answers["name"] == "Salma Haddad"
    assert done.view == Ask(question="email")


def test_correcting_an_answer_nothing_hangs_on_leads_straight_back_to_the_review() -> None:
    done = go(filled(), Corrected("email"), Said(Typed(text="salma@example.org")))

    assert done.view == Review()
    assert done.draft.answers["email"] == "salma@example.org"
    assert done.notices == ()


def test_back_while_correcting_leads_to_the_review_and_changes_nothing() -> None:
    draft = filled()

    done = go(draft, Corrected("email"), WentBack("email"))

    assert done.view == Review()
    assert done.draft.answers == draft.answers


def test_the_age_band_is_never_corrected() -> None:
    done = go(filled(), Corrected("age"))

    assert done.view == Review() and done.notices == (OldButton(),)


def test_a_question_that_does_not_apply_can_not_be_corrected() -> None:
    done = go(filled(), Corrected("need"))

    assert done.view == Review() and done.notices == (OldButton(),)


def test_pressing_correct_twice_says_nothing_of_old_buttons() -> None:
    assert go(filled(), Corrected("email"), Corrected("email")).notices == ()


def test_from_administration_to_family_clears_and_names_what_no_longer_applies() -> None:
    done = go(filled(), Corrected("kind"), Picked("kind", "family"))

    assert done.view == Review()
    assert done.notices == (Cleared(("represents", "organisation")),)
    assert not {"represents", "organisation"} & set(done.draft.answers)


def test_from_family_to_administration_asks_only_what_newly_applies() -> None:
    draft = filled(kind=Picked("kind", "family"))

    done = go(draft, Corrected("kind"), Picked("kind", "office"))
    assert done.view == Ask(question="represents")

    done = go(done.draft, Picked("represents", "TN"))
    assert done.view == Ask(question="organisation")

    done = go(done.draft, Said(Typed(text="Ministry")))
    assert done.view == Review()


def test_what_was_skipped_is_not_named_when_it_is_cleared() -> None:
    draft = filled()
    yes_then_skipped = go(draft, Corrected("needs"), Skipped("needs"))

    assert yes_then_skipped.notices == ()
    assert yes_then_skipped.draft.answers["needs"] is None


def test_answers_below_a_tick_taken_away_are_cleared_and_named() -> None:
    draft = go(filled("needs"), Said(Typed(text="the other one"))).draft
    draft = filled(start=go(draft, *_finish()).draft)
    assert draft.answers["need"] == "The slides in writing"

    done = go(draft, Corrected("needs"), Picked("needs", "other", ticked=False), *_finish())

    assert done.notices == (Cleared(("need",)),)


def test_another_country_with_one_zone_derives_the_zone_again_in_silence() -> None:
    done = go(filled(), Corrected("country"), Picked("country", "MA"))

    assert done.view == Review() and done.notices == ()
    assert done.draft.answers["zone"] == "Africa/Casablanca"
    assert "zone" in done.draft.implied


def test_another_country_with_several_zones_asks_for_the_zone() -> None:
    done = go(filled(), Corrected("country"), Picked("country", "US"))

    assert done.view == Ask(question="zone")
    assert go(done.draft, Said(Typed(text="Chicago"))).view == Review()


def test_a_zone_picked_by_hand_goes_with_the_country_it_was_picked_in() -> None:
    chosen = go(filled(), Corrected("zone"), Said(Typed(text="Dubai"))).draft
    assert chosen.answers["zone"] == "Asia/Dubai" and "zone" not in chosen.implied

    done = go(chosen, Corrected("country"), Picked("country", "EG"))

    assert done.draft.answers["zone"] == "Africa/Cairo"


def test_the_same_country_again_keeps_a_zone_picked_by_hand() -> None:
    chosen = go(filled(), Corrected("zone"), Said(Typed(text="Dubai"))).draft

    assert go(chosen, Corrected("country"), Picked("country", "JO")).draft.answers["zone"] == "Asia/Dubai"


def test_to_the_review_from_the_middle_shows_what_is_still_unanswered() -> None:
    back = go(filled("email"), WentBack("email"))

    done = go(back.draft, Reviewed())

    assert done.view == Ask(question="email") and done.draft.at != REVIEW


def _finish():  # type: ignore[no-untyped-def]
    from bot.dialogue.events import Finished

    return (Finished("needs"),)
