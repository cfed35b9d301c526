"""What a life with the desk may not break: checks between two moments of one chat, and three forms to swap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.content import Content
from bot.dialogue.context import applies
from bot.dialogue.definition import Choice, Condition, Form
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.kinds import KINDS
from bot.records import Registration, Situation
from bot.texts import Markup, Texts, texts_for
from tests.dialogue.forms import question, with_after, with_changed, without
from tests.registration.telegram_rules import shown

# Screens after which a draft may be gone: it was cancelled, stopped, confirmed, withdrawn, or the event is over.
ENDINGS = {
    "cancel.correction_dropped", "stopped", "mine.confirmed", "mine.requested", "mine.corrected", "mine.title",
    "mine.title_late", "withdraw.done", "home.over", "home.open", "home.late", "mydata.erased",
    "young.said_no", "young.left", "young.too_late", "young.over",
}  # fmt: skip


def variants(content: Content) -> tuple[Content, ...]:
    """The shipped form; one with a question renamed, dropped, new, made optional; one with other choices and kinds."""
    shipped = with_changed(content.form, "organisation", was=("institution",))
    renamed = with_changed(shipped, "organisation", id="institution", was=("organisation",))
    renamed = with_after(without(renamed, "title"), "position", question("badge", "person_name"))
    renamed = with_changed(renamed, "reminders", required=False)
    kind = shipped.get("kind")
    assert kind is not None
    ministry = Choice(id="ministry", label={"ar": "وزارة", "en": "Ministry"})
    kinds = (ministry, *(c for c in kind.choices if c.id != "administration"))
    others = tuple(c.id for c in kinds if c.id != "family")
    chosen = with_changed(shipped, "kind", choices=kinds)
    chosen = with_changed(chosen, "represents", when=(Condition(question="kind", values=("ministry", "regulator")),))
    chosen = with_changed(chosen, "organisation", when=(Condition(question="kind", values=others),))
    chosen = with_changed(chosen, "position", when=(Condition(question="presents", values=(True,)),))
    chosen = Form(questions=tuple(sorted(chosen, key=lambda q: q.id == "position")))  # after what it asks about
    chosen = with_changed(chosen, "title", required=True, kind="long_text")
    return tuple(replace(content, form=form) for form in (shipped, renamed, chosen))


def faults_of_answers(form: Form, answers: dict[str, Any]) -> list[str]:
    """Why these could not be the answers of a whole form."""
    faults = [f"{q} is no question" for q in answers if form.get(q) is None]
    for asked in form:
        if applies(asked, answers) != (asked.id in answers):
            faults.append(f"{asked.id} {'is missing' if asked.id not in answers else 'does not apply'}")
        elif asked.id in answers:
            value = answers[asked.id]
            legal = not asked.required if value is None else KINDS[asked.kind].still_valid(asked, value)
            faults += [] if legal else [f"{asked.id} = {value!r} is not legal"]
    return faults


def assert_stands(form: Form, draft: Draft) -> None:
    """The draft stands at a question that applies, or at a review with nothing left out."""
    if draft.at == REVIEW:
        assert not [q.id for q in form if applies(q, draft.answers) and q.id not in draft.answers]
    else:
        stands = form.get(draft.at)
        assert stands is not None and applies(stands, draft.answers), f"stands at {draft.at}"


def assert_nothing_lost(
    content: Content, before: Situation, after: Situation, heard: str, templates: list[str]
) -> None:
    """Every answer of the draft is still there, or the person did away with it, or was told by its name."""
    if before.draft is None:
        return
    old = Draft.from_dict(before.draft.data)
    if before.draft.cancelled_at is not None and after.draft is not None and not after.draft.data["answers"]:
        return  # what was cancelled is given up for a new form
    if after.draft is None or after.draft.begun_at != before.draft.begun_at:
        assert before.draft.cancelled_at is not None or set(templates) & ENDINGS, f"the draft is gone after {templates}"
        if {"mine.confirmed", "mine.requested", "mine.corrected"} & set(templates):
            assert after.registration is not None
            assert {k: v for k, v in old.answers.items() if v is not None}.items() <= after.registration.answers.items()
        return
    new = Draft.from_dict(after.draft.data)
    words = texts_for(after.person.language or "en") if after.person else texts_for("en")
    for question_id, value in old.answers.items():
        now_called = content.form.renamed(question_id)
        if {now_called, question_id} & set(new.answers) or value is None or question_id in old.implied:
            continue
        asked = content.form.get(now_called)
        if asked is None:
            assert words.t("form.shorter") in heard, f"{question_id} was dropped and nobody was told"
        elif asked.kind == "time_zone":
            assert new.answers[asked.depends_on or ""] != old.answers[asked.depends_on or ""]
        else:
            named = [line for line in heard.split("\n") if line.startswith(tuple(_openings(words)))]
            assert asked.short[words.lang] in shown("\n".join(named)), f"{question_id} was cleared and not named"
    changed = [
        q for q, value in new.answers.items() if q in old.answers and old.answers[q] != value and q not in new.implied
    ]
    assert set(changed) <= {content.form.renamed(old.at)}, f"{changed} changed while {old.at} was asked"


def _openings(words: Texts) -> list[str]:
    """How the lines begin that name what was cleared, and what is asked again."""
    return [words.t(text, questions=Markup("|")).split("|")[0] for text in ("form.cleared", "form.changed")]


def assert_registrations(contents: tuple[Content, ...], kept: dict[int, str], found: list[Registration]) -> None:
    """Numbers stand for ever and are never given twice; one standing a chat; all answers legal."""
    forms = {content.form.version: content.form for content in contents}
    numbers = [registration.number for registration in found]
    assert len(set(numbers)) == len(numbers), "a number was given twice"
    for registration in found:
        assert kept.setdefault(registration.id, registration.number) == registration.number, "a number changed"
        assert registration.answers["age_band"] == "adult" and registration.answers["consent"] is True
        assert not faults_of_answers(forms[registration.form_version], registration.answers)
    assert set(kept) == {registration.id for registration in found}, "a registration is gone"
    standing = [registration.chat_id for registration in found if registration.status in ("confirmed", "late")]
    assert len(set(standing)) == len(standing), "two standing registrations of one chat"
