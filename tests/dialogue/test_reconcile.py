"""Old drafts against a changed form: what is kept, what is asked, what the person is told."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.definition import Condition
from bot.dialogue.draft import REVIEW
from bot.dialogue.events import (
    Ask,
    Cleared,
    Completed,
    Confirmed,
    Corrected,
    FormChanged,
    Kept,
    OldButton,
    Picked,
    Review,
    Said,
    Shown,
)
from bot.dialogue.kinds import Typed
from bot.dialogue.step import reopen
from tests.dialogue.forms import FORM, choices, filled, go, question, with_after, with_changed, without

NEW = question("badge")


def test_a_form_that_did_not_change_says_nothing() -> None:
    assert go(filled(), Shown()).notices == ()


def test_a_change_of_wording_is_no_change_of_the_form() -> None:
    reworded = with_changed(FORM, "name", text={"ar": "آخر", "en": "other"})

    assert reworded.version == FORM.version


def test_a_new_question_is_told_of_and_only_that_is_asked() -> None:
    form = with_after(FORM, "name", NEW)
    draft = filled()

    done = go(draft, Shown(), form=form)
    assert done.notices == (FormChanged(("badge",)),)
    assert done.view == Ask(question="badge")

    done = go(done.draft, Said(Typed(text="Nour")), form=form)
    assert done.view == Review() and done.notices == ()
    assert {k: v for k, v in done.draft.answers.items() if k != "badge"} == draft.answers


def test_a_confirmation_of_the_old_form_confirms_nothing() -> None:
    done = go(filled(), Confirmed(), form=with_after(FORM, "name", NEW))

    assert done.outcome != Completed()
    assert done.view == Ask(question="badge")


def test_a_new_question_that_does_not_apply_is_not_told_of() -> None:
    form = with_after(FORM, "presents", replace(NEW, when=(Condition(question="presents", values=(False,)),)))

    done = go(filled(), Shown(), form=form)

    assert done.view == Review() and done.notices == ()


def test_words_typed_for_a_question_that_still_stands_are_not_thrown_away() -> None:
    form = with_after(FORM, "reminders", NEW)

    done = go(filled("name"), Said(Typed(text="Nour Haddad")), form=form)

    assert done.draft.answers["name"] == "Nour Haddad"
    assert done.notices == (FormChanged(("badge",)),)


def test_words_typed_for_a_question_that_is_gone_answer_no_other() -> None:
    done = go(filled("name"), Said(Typed(text="Nour Haddad")), form=without(FORM, "name"))

    assert "Nour Haddad" not in done.draft.answers.values()
    assert done.view == Ask(question="organisation")


def test_a_dropped_question_takes_its_answer_along_and_the_person_is_told() -> None:
    done = go(filled(), Shown(), form=without(FORM, "title"))

    assert "title" not in done.draft.answers
    assert done.view == Review()
    assert done.notices == (FormChanged((), dropped=True),)


def test_a_dropped_question_that_was_not_answered_goes_in_silence() -> None:
    done = go(filled("name"), Shown(), form=without(FORM, "reminders"))

    assert done.notices == () and done.view == Ask(question="name")


def test_a_draft_that_stood_at_a_dropped_question_goes_on_at_the_next() -> None:
    done = go(filled("title"), Shown(), form=without(FORM, "title"))

    assert done.view == Ask(question="name")


def test_a_renamed_question_keeps_its_answer() -> None:
    form = with_changed(FORM, "name", id="full_name", was=("name",))

    done = go(filled(), Shown(), form=form)

    assert done.draft.answers["full_name"] == "Nour Haddad"
    assert done.view == Review() and done.notices == ()


def test_a_draft_that_stands_at_a_renamed_question_stands_there_still() -> None:
    form = with_changed(FORM, "presents", id="shows", was=("presents",))
    form = with_changed(form, "experience", when=(Condition(question="shows", values=(True,)),))

    assert go(filled("presents"), Shown(), form=form).view == Ask(question="shows")


def test_a_button_under_the_old_name_answers_the_renamed_question() -> None:
    form = with_changed(FORM, "presents", id="shows", was=("presents",))
    form = with_changed(form, "experience", when=(Condition(question="shows", values=(True,)),))

    done = go(filled("presents"), Picked("presents", "no"), form=form)

    assert done.draft.answers["shows"] is False
    assert OldButton() not in done.notices


def test_an_answer_that_is_no_longer_a_choice_is_asked_again_and_what_hangs_on_it_waits() -> None:
    form = with_changed(FORM, "kind", choices=choices("ministry", "company", "family"))
    form = with_changed(form, "represents", when=(Condition(question="kind", values=("ministry",)),))
    form = with_changed(form, "organisation", when=(Condition(question="kind", values=("ministry", "company")),))

    done = go(filled(), Shown(), form=form)
    assert done.notices == (FormChanged(("kind",)),)
    assert done.view == Ask(question="kind")

    done = go(done.draft, Picked("kind", "ministry"), form=form)
    assert done.view == Review() and done.notices == ()
    assert done.draft.answers["organisation"] == "Ministry of Communications"
    assert done.draft.answers["represents"] == "TN"


def test_what_hung_on_an_answer_asked_again_is_cleared_and_named_once_it_no_longer_applies() -> None:
    form = with_changed(FORM, "kind", choices=choices("ministry", "company", "family"))
    form = with_changed(form, "represents", when=(Condition(question="kind", values=("ministry",)),))
    form = with_changed(form, "organisation", when=(Condition(question="kind", values=("ministry", "company")),))

    done = go(filled(), Shown(), Picked("kind", "family"), form=form)

    assert done.notices == (Cleared(("represents", "organisation")),)
    assert done.view == Review()


def test_a_condition_that_no_longer_holds_clears_and_names_the_answer() -> None:
    form = with_changed(FORM, "organisation", when=(Condition(question="kind", values=("company",)),))

    done = go(filled(), Shown(), form=form)

    assert "organisation" not in done.draft.answers
    assert done.notices == (Cleared(("organisation",)),)


def test_a_known_question_that_newly_applies_is_told_of_and_asked() -> None:
    draft = filled(kind=Picked("kind", "family"))
    form = with_changed(FORM, "organisation", when=())

    done = go(draft, Confirmed(), form=form)

    assert done.notices == (FormChanged(("organisation",)),)
    assert done.view == Ask(question="organisation")


def test_a_question_made_required_is_asked_of_those_who_skipped_it() -> None:
    from bot.dialogue.events import Skipped

    form = with_changed(FORM, "title", required=True)

    assert go(filled(), Shown(), form=form).view == Review()
    done = go(filled(title=Skipped("title")), Shown(), form=form)
    assert done.view == Ask(question="title") and done.notices == (FormChanged(("title",)),)


def test_a_question_of_another_kind_is_asked_again_unless_its_answer_fits() -> None:
    done = go(filled(), Shown(), form=with_changed(FORM, "title", kind="yes_no"))
    assert done.view == Ask(question="title")

    done = go(filled(), Shown(), form=with_changed(FORM, "title", kind="long_text"))
    assert done.view == Review()


def test_a_button_of_a_choice_that_is_gone_is_explained() -> None:
    form = with_changed(FORM, "kind", choices=choices("office", "family"))
    form = with_changed(form, "organisation", when=(Condition(question="kind", values=("office",)),))

    done = go(filled("kind"), Picked("kind", "company"), form=form)

    assert isinstance(done.view, Ask) and done.view.problem is not None
    assert done.view.problem.code == "option_gone"


def test_the_change_is_told_once() -> None:
    form = with_after(FORM, "name", NEW)

    assert go(filled(), Shown(), Shown(), form=form).notices == ()


def test_a_registration_made_under_another_form_is_reopened_and_only_the_change_is_asked() -> None:
    draft = replace(reopen(FORM, filled().answers, "COP-0000-0000"), form_version="long ago")
    form = with_after(FORM, "name", NEW)

    done = go(draft, Shown(), form=form)

    assert done.notices == (FormChanged(("badge",)),)
    assert done.view == Ask(question="badge") and done.draft.number == "COP-0000-0000"


def test_a_correction_meant_for_the_old_form_waits_for_what_is_new() -> None:
    done = go(filled(), Corrected("email"), form=with_after(FORM, "name", NEW))

    assert done.view == Ask(question="badge")


def test_a_form_that_changed_while_one_had_gone_back_stands_where_it_was() -> None:
    from bot.dialogue.events import WentBack

    form = with_after(FORM, "name", NEW)
    back = go(filled("phone"), WentBack("phone"), WentBack("email"))
    assert back.draft.at == "organisation"

    done = go(back.draft, Shown(), form=form)
    assert done.view == Ask(question="organisation")

    assert go(done.draft, Kept("organisation"), form=form).view == Ask(question="badge")


def test_only_a_review_without_gaps_is_a_review() -> None:
    draft = replace(filled("email"), at=REVIEW)

    assert go(draft, Confirmed()).view == Ask(question="email")
