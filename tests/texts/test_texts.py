from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import ARAB_COUNTRIES, Markup, Texts, UnknownZone, isolate, texts_for

START = datetime(2020, 11, 23, 9, tzinfo=UTC)
END = datetime(2020, 11, 23, 11, tzinfo=UTC)
HEADERS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "en": "nplurals=2; plural=(n != 1);",
}
SENTENCES = {
    "ar": 'msgid "hello.name"\nmsgstr "مرحبًا {name}، أهلًا"\n\n'
    'msgid "seats.left"\nmsgid_plural "seats.left"\nmsgstr[0] "لا مقاعد"\nmsgstr[1] "مقعد واحد"\nmsgstr[2] "مقعدان"\n'
    'msgstr[3] "{count} مقاعد"\nmsgstr[4] "{count} مقعدًا"\nmsgstr[5] "{count} مقعد"\n',
    "en": 'msgid "hello.name"\nmsgstr "Hello {name}, welcome"\n\n'
    'msgid "seats.left"\nmsgid_plural "seats.left"\nmsgstr[0] "{count} seat"\nmsgstr[1] "{count} seats"\n',
}


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """A directory of two small catalogues."""
    for lang, body in SENTENCES.items():
        path = tmp_path / lang / "LC_MESSAGES" / "bot.po"
        path.parent.mkdir(parents=True)
        head = (
            f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {HEADERS[lang]}\\n"\n\n'
        )
        path.write_text(head + body, encoding="utf-8")
    return tmp_path


@pytest.fixture
def arabic(catalogues: Path) -> Texts:
    return texts_for("ar", "EG", catalogues=catalogues)


@pytest.fixture
def english(catalogues: Path) -> Texts:
    return texts_for("en", "EG", catalogues=catalogues)


def test_what_is_inserted_is_escaped(english: Texts) -> None:
    assert english.t("hello.name", name='<b>&"') == "Hello &lt;b&gt;&amp;&quot;, welcome"


def test_markup_goes_in_as_it_is(english: Texts) -> None:
    assert english.t("hello.name", name=Markup("<b>Nour</b>")) == "Hello <b>Nour</b>, welcome"


def test_a_sentence_can_stand_in_a_sentence(english: Texts) -> None:
    inner = english.t("hello.name", name="A & B")
    assert english.t("hello.name", name=inner) == "Hello Hello A &amp; B, welcome, welcome"


def test_a_latin_run_in_arabic_is_isolated(arabic: Texts) -> None:
    assert arabic.t("hello.name", name="Nour") == "مرحبًا \u2068Nour\u2069، أهلًا"


def test_an_arabic_run_in_english_is_isolated(english: Texts) -> None:
    assert english.t("hello.name", name="نور") == "Hello \u2068نور\u2069, welcome"


def test_a_run_of_the_sentences_own_direction_needs_no_isolate(arabic: Texts, english: Texts) -> None:
    assert arabic.t("hello.name", name="نور") == "مرحبًا نور، أهلًا"
    assert english.t("hello.name", name="Nour 2") == "Hello Nour 2, welcome"


def test_braces_in_what_is_inserted_are_only_braces(english: Texts) -> None:
    assert english.t("hello.name", name="{name} {0}") == "Hello {name} {0}, welcome"


def test_an_id_that_no_catalogue_has_is_named(english: Texts) -> None:
    for say in (english.t, english.plain):
        with pytest.raises(KeyError, match=r"no\.such.*'en'"):
            say("no.such")
    with pytest.raises(KeyError, match=r"no\.such"):
        english.n("no.such", 3)


def test_a_missing_param_is_named(english: Texts) -> None:
    with pytest.raises(KeyError, match="name"):
        english.t("hello.name")


def test_a_label_is_plain_text(english: Texts) -> None:
    assert english.plain("hello.name", name="A & B") == "Hello A & B, welcome"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "لا مقاعد"), (1, "مقعد واحد"), (2, "مقعدان"), (3, "٣ مقاعد"), (10, "١٠ مقاعد"), (11, "١١ مقعدًا"),
     (99, "٩٩ مقعدًا"), (100, "١٠٠ مقعد"), (102, "١٠٢ مقعد"), (103, "١٠٣ مقاعد"), (111, "١١١ مقعدًا")],
)  # fmt: skip
def test_the_six_plural_forms_of_arabic(arabic: Texts, count: int, said: str) -> None:
    assert arabic.n("seats.left", count) == said


def test_the_two_plural_forms_of_english(english: Texts) -> None:
    assert [english.n("seats.left", n) for n in (0, 1, 2)] == ["0 seats", "1 seat", "2 seats"]


@given(st.text(st.characters(codec=None)))
def test_whatever_is_inserted_its_isolates_are_balanced_and_nothing_breaks_out(text: str) -> None:
    for lang in ("ar", "en"):
        said = texts_for(lang).fill("({x})", x=text)
        inner = said[1:-1]
        depth = 0
        for character in inner:
            depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
            assert depth >= 0
        assert depth == 0
        assert not set(inner) & set('<>"\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u061c')


def test_a_text_of_the_content_is_filled_in_the_persons_language(arabic: Texts) -> None:
    assert arabic.fill({"ar": "<b>{x}</b>", "en": "?"}, x="COP") == "<b>\u2068COP\u2069</b>"


def test_an_int_is_written_in_the_persons_digits(arabic: Texts, english: Texts) -> None:
    assert arabic.fill("{x}", x=12345) == "١٢٬٣٤٥"
    assert english.fill("{x}", x=12345) == "12,345"
    assert arabic.number(2020) == "٢٠٢٠"
    assert texts_for("ar").number(-10000) == "-10,000"


@pytest.mark.parametrize("country", ARAB_COUNTRIES)
def test_the_digits_are_those_of_the_country(country: str) -> None:
    latin = country in {"AE", "DZ", "LY", "MA", "TN"}
    assert texts_for("ar", country).digits("20") == ("20" if latin else "٢٠")
    assert texts_for("en", country).digits("20") == "20"


def test_the_persons_own_choice_of_digits_wins() -> None:
    assert texts_for("ar", "EG", "latn").digits("20") == "20"
    assert texts_for("ar", None, "arab").digits("20") == "٢٠"
    assert texts_for("ar", "FR").digits("20") == "20"
    assert texts_for("en", "EG", "arab").digits("20") == "20"


@pytest.mark.parametrize(
    ("country", "month"),
    [(None, "نوفمبر 2020"), ("EG", "نوفمبر ٢٠٢٠"), ("LB", "تشرين الثاني ٢٠٢٠"), ("SY", "تشرين الثاني ٢٠٢٠"),
     ("PS", "تشرين الثاني ٢٠٢٠"), ("JO", "تشرين الثاني ٢٠٢٠"), ("IQ", "تشرين الثاني ٢٠٢٠"), ("MA", "نونبر 2020"),
     ("DZ", "نوفمبر 2020"), ("FR", "نوفمبر 2020")],
)  # fmt: skip
def test_the_months_are_named_as_in_the_country(country: str | None, month: str) -> None:
    assert texts_for("ar", country).date(date(2020, 11, 23)).endswith(month)


def test_january_in_the_maghreb() -> None:
    assert texts_for("ar", "TN").date(date(2021, 1, 1)) == "الجمعة 1 جانفي 2021"


def test_a_moment_in_both_languages() -> None:
    assert texts_for("en").moment(START, "Africa/Cairo") == "Monday 23 November 2020, 11:00"
    assert texts_for("ar").moment(START, "Africa/Cairo") == "الاثنين 23 نوفمبر 2020، الساعة 11:00"
    assert texts_for("ar", "EG").moment(START, ZoneInfo("Africa/Cairo")) == "الاثنين ٢٣ نوفمبر ٢٠٢٠، الساعة ١١:٠٠"


def test_a_span_names_its_day_once() -> None:
    assert texts_for("en").span(START, END, "Africa/Cairo") == "Monday 23 November 2020, 11:00 to 13:00"
    said = texts_for("ar").span(START, END, "Africa/Cairo")
    assert said == "الاثنين 23 نوفمبر 2020، من الساعة 11:00 إلى الساعة 13:00"


def test_a_span_over_midnight_names_both_days() -> None:
    said = texts_for("en").span(START, END, "Pacific/Auckland")
    assert said == "Monday 23 November 2020, 22:00 to Tuesday 24 November 2020, 00:00"


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        texts_for("en").time(datetime(2020, 11, 23, 9), "Africa/Cairo")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        texts_for("en").time(START, "Africa/Nowhere")


@pytest.mark.parametrize(
    ("zone", "english", "arabic"),
    [("Africa/Cairo", "Cairo time", "بتوقيت القاهرة"), ("Asia/Hebron", "Hebron time", "بتوقيت الخليل"),
     ("Africa/Mogadishu", "Mogadishu time", "بتوقيت مقديشو"), ("Asia/Kolkata", "Kolkata time", "بتوقيت كالكتا"),
     ("Asia/Qatar", "Doha time", "بتوقيت الدوحة"),
     ("UTC", "Coordinated Universal Time (UTC)", "بالتوقيت العالمي المنسق")],
)  # fmt: skip
def test_a_zone_is_named_by_its_city(zone: str, english: str, arabic: str) -> None:
    assert texts_for("en").zone(zone) == english
    assert texts_for("ar").zone(zone) == arabic


def test_the_offset_is_latin_in_every_language() -> None:
    assert texts_for("ar", "EG").utc_offset(START, "Africa/Cairo") == "UTC+02:00"
    assert texts_for("en").utc_offset(START, "America/St_Johns") == "UTC-03:30"


def test_palestine_has_the_name_the_united_nations_use() -> None:
    assert texts_for("ar").country("PS") == "دولة فلسطين"
    assert texts_for("en").country("PS") == "State of Palestine"


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(KeyError):
        texts_for("en").country("XX1")


def test_a_list_in_words() -> None:
    assert texts_for("ar").list(["أ", "ب", "ج"]) == "أ وب وج"
    assert texts_for("ar").list_or(["أ", "ب"]) == "أ أو ب"
    assert texts_for("en").list(["a", "b", "c", "d"]) == "a, b, c and d"
    assert texts_for("en").list_or(["a", "ب"]) == f"a or {isolate('ب')}"
    assert texts_for("en").list(["a"]) == "a"
    assert texts_for("en").list([]) == ""


@pytest.mark.parametrize(
    ("length", "english", "arabic"),
    [(timedelta(days=2, hours=3, minutes=5), "2 days and 3 hours", "يومان و3 ساعات"),
     (timedelta(hours=2), "2 hours", "ساعتان"), (timedelta(days=14), "14 days", "14 يومًا"),
     (timedelta(minutes=61), "1 hour and 1 minute", "ساعة واحدة ودقيقة واحدة"),
     (timedelta(seconds=59), "less than a minute", "أقل من دقيقة")],
)  # fmt: skip
def test_a_length_of_time_in_words(length: timedelta, english: str, arabic: str) -> None:
    assert texts_for("en").duration(length) == english
    assert texts_for("ar").duration(length) == arabic


def test_a_link_keeps_its_address_off_the_punctuation() -> None:
    link = texts_for("ar").link('https://example.org/?a=1&b="2"', "COP")
    assert link == '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">\u2068COP\u2069</a>'


def test_the_same_texts_are_given_again() -> None:
    assert texts_for("ar", "EG") is texts_for("ar", "EG")


def test_texts_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        texts_for("en").lang = "ar"  # type: ignore[misc]


def test_a_language_the_bot_does_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        texts_for("fr")


def test_a_list_keeps_its_isolates_inside_a_sentence(arabic: Texts) -> None:
    said = arabic.t("hello.name", name=arabic.list(["COP", "ITU"]))
    assert said == "مرحبًا \u2068\u2068COP\u2069 و\u2068ITU\u2069\u2069، أهلًا"


@pytest.mark.parametrize("name", ["\u2067Nour", "Nour\u2069", "\u2069Nour\u2068", "\u202eNour\u202c", "\u200fNour"])
def test_marks_that_would_run_on_are_taken_out(arabic: Texts, name: str) -> None:
    assert arabic.t("hello.name", name=name) == "مرحبًا \u2068Nour\u2069، أهلًا"
