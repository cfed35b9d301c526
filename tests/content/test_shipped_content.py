"""The content that ships: complete, in the order asked for, and faithful to the letter."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.content import Content, check_facts, load
from bot.dialogue.context import applies
from bot.dialogue.definition import LANGUAGES, Question
from tests.content.conftest import CONTENT

ORDER = [
    *("age_band", "consent", "assent", "guardian", "first_name", "for_whom", "kind", "country", "represents", "zone"),
    *("title", "given_name", "family_name"),
    *("other_script_name", "organisation", "position", "email", "phone", "presents", "experience", "accessibility"),
    *("accessibility_other", "speaker_question", "young_question", "reminders"),
]
OPTIONAL = {"title", "other_script_name", "phone", "accessibility", "speaker_question", "young_question"}


@pytest.fixture(scope="module")
def content() -> Content:
    loaded = load(CONTENT)
    assert loaded.faults == ()
    assert loaded.content is not None
    return loaded.content


def question(content: Content, question_id: str) -> Question:
    found = content.form.get(question_id)
    assert found is not None
    return found


def texts_of(content: Content, language: str) -> list[str]:
    """Every text that a person may read, in that language."""
    out = [text[language] for text in (content.event.share, content.event.bot.description, content.event.title)]
    for q in content.form:
        out += [text[language] for text in (q.text, q.short, q.why, q.example) if text]
        for choice in q.choices:
            out += [text[language] for text in (choice.label, choice.stops, choice.note) if text]
    return out


def test_the_questions_stand_in_the_order_of_the_event(content: Content) -> None:
    assert [q.id for q in content.form] == ORDER


def test_only_what_may_be_skipped_is_optional(content: Content) -> None:
    assert {q.id for q in content.form if not q.required} == OPTIONAL


def test_every_question_says_why_it_is_asked_but_the_notices_themselves(content: Content) -> None:
    assert [q.id for q in content.form if q.why is None] == ["consent", "assent"]


def test_the_hours_of_the_letter_resolve_to_its_instants(content: Content) -> None:
    event = content.event

    assert event.starts_at == datetime(2020, 11, 23, 9, 0, tzinfo=UTC)
    assert event.ends_at == datetime(2020, 11, 23, 11, 0, tzinfo=UTC)
    assert event.closes_at == datetime(2020, 11, 22, 21, 59, 59, tzinfo=UTC)
    assert event.grace_ends_at == datetime(2020, 11, 22, 23, 59, 59, tzinfo=UTC)
    assert event.purge_at == event.ends_at + timedelta(days=30)
    assert event.starts_at.tzinfo is UTC


def test_the_eleven_kinds_of_participant_are_offered(content: Content) -> None:
    assert [choice.id for choice in question(content, "kind").choices] == [
        *("administration", "regulator", "sector_member", "associate", "academia", "organisation", "chair"),
        *("non_member", "ngo", "family", "other"),
    ]


def test_only_a_country_s_representatives_are_asked_which_they_represent(content: Content) -> None:
    (condition,) = question(content, "represents").when

    assert (condition.question, condition.values) == ("kind", ("administration", "regulator"))


@pytest.mark.parametrize("question_id", ["organisation", "position"])
def test_families_are_not_asked_for_an_organisation(content: Content, question_id: str) -> None:
    (condition,) = question(content, question_id).when

    assert "family" not in condition.values
    assert len(condition.values) == 10


def test_a_yes_in_the_file_is_what_a_yes_no_question_stores(content: Content) -> None:
    (condition,) = question(content, "experience").when

    assert condition.values == (True,)


def test_the_youngest_are_told_who_registers_them_and_how_to_reach_the_office(content: Content) -> None:
    adult, young, child = question(content, "age_band").choices

    assert (adult.stops, young.stops) == (None, None)
    assert [choice.id for choice in (adult, young, child)] == ["adult", "young", "child"]
    assert child.stops is not None
    assert all("{contact_email}" in child.stops[language] for language in LANGUAGES)


def test_the_notice_for_young_people_names_everything_it_must(content: Content) -> None:
    notice = question(content, "assent").text

    for language, words in {
        "en": ("guardian has to agree", "do not ask for your family name", "What we keep", "Telegram", "stop"),
        "ar": ("موافقة الأم أو الأب أو ولي الأمر", "لا نسأل عن اسم العائلة", "ما نحفظه", "تيليغرام", "التوقف"),
    }.items():
        assert all(word in notice[language] for word in words)
        assert {"{organiser}", "{retention}", "{contact_email}"} <= set(re.findall(r"\{\w+\}", notice[language]))


@pytest.mark.parametrize("question_id", ["assent", "first_name", "young_question", "country", "reminders"])
def test_young_people_read_short_sentences(content: Content, question_id: str) -> None:
    text = re.sub("<[^>]+>", "", question(content, question_id).text["en"])
    sentences = [s for s in re.split(r"[.?!:]\s|\n+", text) if s.strip()]

    assert max(len(sentence.split()) for sentence in sentences) <= 22
    assert sum(len(sentence.split()) for sentence in sentences) / len(sentences) <= 12


def test_a_young_person_is_asked_nothing_by_which_a_stranger_finds_them(content: Content) -> None:
    answers = {"age_band": "young", "accessibility": ["other"]}
    asked = [q.id for q in content.form if applies(q, answers)]

    assert asked == [
        *("age_band", "assent", "guardian", "first_name", "country", "zone", "accessibility", "young_question"),
        "reminders",
    ]


def test_the_age_question_does_not_hint_at_the_answer_that_opens_more(content: Content) -> None:
    asked = question(content, "age_band")
    words = " ".join([asked.text["en"], *((asked.why or {}).values()), *(c.label["en"] for c in asked.choices)]).lower()

    assert not any(hint in words for hint in ("must", "only", "required", "need", "allowed", "adult", "minor"))


def test_the_notice_names_everything_it_must(content: Content) -> None:
    notice = question(content, "consent").text

    for language, words in {
        "en": ("Responsible", "What for", "What is kept", "Telegram", "correct", "erase"),
        "ar": ("المسؤولة", "الغرض", "ما يُحفظ", "تيليغرام", "التصحيح", "حذف"),
    }.items():
        assert all(word in notice[language].replace("والتصحيح", "التصحيح") for word in words)
        assert {"{organiser}", "{retention}", "{contact_email}"} <= set(re.findall(r"\{\w+\}", notice[language]))
    assert content.notice_version == "2"


def test_wishes_are_passed_on_and_nothing_is_promised(content: Content) -> None:
    for question_id in ("presents", "accessibility"):
        assert "The organisers are told; the invitation promises no" in question(content, question_id).text["en"]


def test_no_fact_of_the_event_is_repeated_in_the_form() -> None:
    form = re.sub(r"(?m)^#.*$", "", (CONTENT / "registration.toml").read_text(encoding="utf-8"))

    for fact in ("itu.int", "2020", "Cairo", "القاهرة", "نوفمبر", "November", "11:00", "Rouda", "روضة"):
        assert fact not in form


def test_the_arabic_addresses_nobody_by_gender(content: Content) -> None:
    # Second person and imperatives, which Arabic can't say of a man and a woman alike.
    gendered = re.compile(
        r"\b(?:أنت|أنتِ|هل تريد|هل ترغب|هل توافق|اختر|أدخل|اكتب|أرسل|اضغط|يمكنك|لديك|اسمك|بريدك|هاتفك)\b"
    )

    assert [text for text in texts_of(content, "ar") if gendered.search(text)] == []


def test_the_texts_telegram_shows_have_the_titles_in_place(content: Content) -> None:
    event = content.event

    for language in LANGUAGES:
        assert event.title[language] in event.bot.description[language]
        assert event.title[language] in event.share[language]
        assert len(event.bot.name[language]) <= 64
        assert len(event.bot.description[language]) <= 512
        assert len(event.bot.short_description[language]) <= 120


def test_what_no_source_states_is_listed_for_the_organisers(content: Content) -> None:
    keys = {assumption.key for assumption in check_facts(content)}

    assert {"closing_hour", "grace", "responsible", "purposes", "retention", "erasure", "age_bands"} <= keys
    assert all(assumption.text and assumption.where for assumption in check_facts(content))


def test_an_assumption_names_a_place_that_exists(content: Content) -> None:
    for assumption in check_facts(content):
        files = re.findall(r"(\w+\.toml)", assumption.where)
        assert files
        assert all((CONTENT / name).is_file() for name in files)
        for question_id in re.findall(r'"(\w+)"', assumption.where):
            assert content.form.get(question_id) is not None


def test_what_is_kept_is_kept_no_longer_than_the_registration(content: Content) -> None:
    assert all(0 < q.retention_days <= content.event.retention.days for q in content.form)
    assert question(content, "accessibility").retention_days == 7


def test_the_checksum_follows_any_byte_and_the_form_s_version_only_its_shape(directory: Path, content: Content) -> None:
    form = directory / "registration.toml"
    form.write_text(form.read_text(encoding="utf-8").replace("given name?", "first name?"), encoding="utf-8")

    changed = load(directory)

    assert changed.content is not None
    assert changed.checksum == changed.content.checksum != content.checksum
    assert changed.content.form.version == content.form.version


def test_a_file_saved_by_windows_notepad_is_read(directory: Path) -> None:
    form = directory / "registration.toml"
    text = form.read_text(encoding="utf-8")
    form.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    loaded = load(directory)

    assert loaded.faults == ()
    assert loaded.content is not None
    assert "\r" not in loaded.content.form.questions[0].choices[2].stops["en"]  # type: ignore[index]
