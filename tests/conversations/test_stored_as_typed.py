"""Strange text that is a fair answer: kept as typed, escaped wherever it is shown, harmless in every file."""

from __future__ import annotations

import csv
import io

import pytest

from bot.app.runtime import Runtime
from bot.dialogue.draft import REVIEW
from bot.organisers.export import export_rows, to_csv
from bot.simulator import SimulatedTelegram
from bot.texts import texts_for
from tests.conftest import DATABASES
from tests.conversations.standing import draft_at, put_draft, standing
from tests.conversations.walk import Walk, bare, draft, registration

STRANGE = {
    "a tag": "<b>Ministry</b> of <script>",
    "an entity": "Research &amp; Development &lt;",
    "SQL": "Robert'); DROP TABLE people;--",
    "a CSV formula": '=HYPERLINK("http://x.example/?"&A1)',
    "a placeholder": "{organiser} %s {0.__class__}",
    "emoji among words": "Ministry 🙂 of Joy",
    "a quote and a backslash": 'O\'Brien "\\N" Ltd',
    "a command in the middle": "Ministry /start",
    "a right-to-left run": "وزارة ITU (الاتصالات)",
}


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
async def test_strange_text_is_kept_as_typed_and_shown_as_typed(
    bot: Runtime, telegram: SimulatedTelegram, text: str
) -> None:
    walk = await standing(bot, telegram, "en", "organisation")
    walk.person.send(text)
    assert await walk.shown() == "position"
    assert (await draft(bot, walk.person)).answers["organisation"] == text
    await walk.to(REVIEW)
    assert text in bare(walk.screen.text)
    await walk.confirm()
    kept = await registration(bot, walk.person)
    assert kept.answers["organisation"] == text
    table = export_rows(bot.service.content, [kept], texts_for("ar"), texts_for("en"))
    rows = list(csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig"))))
    cells = [c for c in rows[-1] if text.replace("'", "") in c.replace("'", "")]  # a formula is defused by a quote
    assert len(cells) == 1
    assert not cells[0].startswith(("=", "+", "-", "@", "\t", "\r"))


BROKEN = {
    "null bytes": ("Ka\0rim", "Karim"),
    "a lone surrogate": ("Karim\ud83d", "Karim"),
    "direction marks": ("\u202eKarim\u202c\u2068", "Karim"),
    "stray spaces": ("  Karim \n  Ali ", "Karim Ali"),
    "letters taken apart": ("Rene\u0301", "Ren\u00e9"),
}


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
@pytest.mark.parametrize(("typed", "kept"), BROKEN.values(), ids=BROKEN.keys())
async def test_what_no_store_or_screen_can_hold_is_taken_out_of_an_answer(
    bot: Runtime, telegram: SimulatedTelegram, typed: str, kept: str
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    walk.person.raw_message({"text": typed})
    assert await walk.shown() == "family_name"
    assert (await draft(bot, walk.person)).answers["given_name"] == kept


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_zalgo_is_answered_and_never_breaks_a_screen(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    walk.person.raw_message({"text": "K" + "\u0337\u0322\u031b" * 20 + "arim"})
    at = await walk.shown()
    assert at in ("given_name", "family_name")
    assert (await draft(bot, walk.person)).at == at
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


async def test_every_text_question_takes_markup_without_breaking_any_screen(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    person = telegram.add_person("Nour", language_code="ar")
    walk = Walk(person, "ar")
    before = draft_at(REVIEW, "ar")
    texts = {q: f"<i>{q}</i> & &amp; {{title}}" for q in ("title", "organisation", "position", "experience")}
    answers = {**before.answers, **texts, "speaker_question": "<a href='x'>" * 100}
    await put_draft(bot, person, "ar", type(before).from_dict({**before.to_dict(), "answers": answers}))
    person.start()
    assert await walk.shown() == REVIEW
    for text in texts.values():
        assert text in bare(walk.screen.text)
    await walk.confirm()
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []
