"""Somebody who already stands at a question of the form, put there without the walk."""

from __future__ import annotations

from bot import buttons
from bot.app.runtime import Runtime
from bot.dialogue.context import Surroundings
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import Finished, Picked, Said, Skipped
from bot.dialogue.kinds import Typed
from bot.dialogue.step import begin, step
from bot.records import Person as PersonRow
from bot.records import StoredDraft
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person
from bot.texts import texts_for
from tests.conversations.walk import ANSWERS, Press, Skip, Walk, Write, content


def draft_at(question: str, lang: str) -> Draft:
    """The draft of somebody who answered by the table until `question` (or REVIEW) was asked."""
    event = content().event
    around = Surroundings(texts=texts_for(lang), moments=(event.starts_at, event.ends_at))
    draft = begin(content().form)
    while draft.at != question:
        assert draft.at != REVIEW, f"{question} is not asked of this person"
        match ANSWERS[lang][draft.at]:
            case Write(text=text):
                draft = step(content().form, draft, Said(Typed(text=text)), around).draft
            case Skip():
                draft = step(content().form, draft, Skipped(draft.at), around).draft
            case Press(ids=ids):
                at = draft.at
                for choice in ids:
                    draft = step(content().form, draft, Picked(at, choice), around).draft
                if len(ids) > 1:
                    draft = step(content().form, draft, Finished(at), around).draft
    return draft


async def standing(bot: Runtime, telegram: SimulatedTelegram, lang: str, question: str) -> Walk:
    """A new person at `question`, who has just been shown it."""
    person = telegram.add_person("Nour", language_code=lang)
    await put_draft(bot, person, lang, draft_at(question, lang))
    person.start()
    walk = Walk(person, lang)
    assert await walk.shown() == question
    return walk


async def put_draft(bot: Runtime, person: Person, lang: str, draft: Draft) -> None:
    """Store the draft (and the person) as if they had come this far."""
    now = bot.clock.now()
    row = PersonRow(
        chat_id=person.user_id,
        language=lang,
        country=draft.answers.get("country"),
        zone=draft.answers.get("zone"),
        created_at=now,
        updated_at=now,
    )
    stored = StoredDraft(
        chat_id=person.user_id,
        event_id=bot.service.content.event.id,
        data=draft.to_dict(),
        begun_at=now,
        updated_at=now,
    )

    def put(tx: object) -> None:
        tx.people.save(row)  # type: ignore[attr-defined]
        tx.drafts.save(stored)  # type: ignore[attr-defined]

    await bot.store.write(put)


def answer_button(question: str, choice: str) -> str:
    """The data of an answer's button."""
    return buttons.data(buttons.ANSWER, question, choice)
