from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale

from bot.texts.catalogue_faults import PLURALS, CatalogueFault, faults
from bot.texts.catalogue_update import update
from bot.texts.catalogues import LANGUAGES, ROOT, load, main, path_of
from bot.texts.code_ids import used_ids

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals={}; plural={};\\n"\n\n'
)
SIX = "".join(f'msgstr[{n}] "{{count}} مقاعد"\n' for n in range(6))

Project = Callable[..., list[CatalogueFault]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Writes two catalogues and one module of code; gives what is found wrong."""

    def write(ar: str, en: str, code: str = "", header: str | None = None) -> list[CatalogueFault]:
        for lang, body in (("ar", ar), ("en", en)):
            path = path_of(lang, tmp_path / "locales")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((header or HEAD.format(*PLURALS[lang])) + body, encoding="utf-8")
        (tmp_path / "bot").mkdir(exist_ok=True)
        (tmp_path / "bot" / "words.py").write_text(code, encoding="utf-8")
        return faults(tmp_path / "locales", tmp_path)

    return write


def entry(text: str, id_: str = "a.b") -> str:
    return f'msgid "{id_}"\nmsgstr "{text}"\n\n'


def test_the_shipped_catalogues_have_no_faults() -> None:
    assert [str(fault) for fault in faults()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plural_forms_are_those_of_the_language(lang: str) -> None:
    ours = gettext.c2py(PLURALS[lang][1])  # type: ignore[attr-defined]
    theirs = Locale(lang).plural_form
    names = ["zero", "one", "two", "few", "many", "other"] if lang == "ar" else ["one", "other"]

    assert [names[ours(n)] for n in range(1001)] == [theirs(n) for n in range(1001)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shipped_header_is_what_gettext_goes_by(lang: str) -> None:
    plural = load(lang).plural
    ours = gettext.c2py(PLURALS[lang][1])  # type: ignore[attr-defined]
    assert [plural(n) for n in range(1001)] == [ours(n) for n in range(1001)]


def test_a_sound_pair_has_no_faults(project: Project) -> None:
    ar, en = entry("مرحبًا {name}، أهلًا"), entry("Hello <b>{name}</b>")
    assert project(ar, en, 'texts.t("a.b", name=name)') == []


@pytest.mark.parametrize(
    ("ar", "en", "code", "said"),
    [
        pytest.param(entry("نص"), "", 't("a.b")', "is in ar and not here", id="missing in one language"),
        pytest.param(entry(""), entry("x"), 't("a.b")', "is empty", id="empty"),
        pytest.param(entry("نص"), entry("x"), "", "is used nowhere", id="unused"),
        pytest.param("", "", 'texts.t("a.b")', "is in no ar catalogue", id="used and absent"),
        pytest.param("", "", 'texts.t("a.b" if x else "a.c")', "is in no ar catalogue", id="absent in one arm"),
        pytest.param("", "", 'Problem(code="odd")', "is in no ar catalogue", id="problem without words"),
        pytest.param(entry("{x} نص"), entry("x"), 't("a.b")', "{x} in one language only", id="placeholder"),
        pytest.param(entry("{x} نص"), entry("{y}"), 't("a.b")', "{x}, {y} in one", id="two placeholders"),
        pytest.param(entry("نص {"), entry("x"), 't("a.b")', "no placeholder", id="lone brace"),
        pytest.param(entry("نص {x!r}"), entry("{x}"), 't("a.b")', "no placeholder", id="conversion"),
        pytest.param(entry("نص"), entry("y" * 4097), 't("a.b")', "4097 UTF-16 units", id="too long"),
        pytest.param(entry("نص"), entry("😀" * 2049), 't("a.b")', "4098 UTF-16 units", id="too long in UTF-16"),
        pytest.param(entry("نص"), entry("<b>x"), 't("a.b")', "<b>", id="tag never closed"),
        pytest.param(entry("نص"), entry("x<br>y"), 't("a.b")', "<br>", id="tag Telegram refuses"),
        pytest.param(entry("نص"), entry("<b>x</b>"), 'plain("a.b")', "shown as it is", id="markup on a button"),
        pytest.param(entry("نص, ثم"), entry("x"), 't("a.b")', "use ،", id="Latin comma"),
        pytest.param(entry("لماذا?"), entry("x"), 't("a.b")', "use ،", id="Latin question mark"),
        pytest.param(entry("نص؛ ثم;"), entry("x"), 't("a.b")', "use ،", id="Latin semicolon"),
        pytest.param(entry("نص \\\"ثم\\\""), entry("x"), 't("a.b")', "straight quotes", id="straight quotes"),
        pytest.param(entry("نص ، ثم"), entry("x"), 't("a.b")', "a space before", id="space before a comma"),
        pytest.param(
            entry("انظر https://itu.int، ثم"), entry("x"), 't("a.b")', "joins the link", id="comma joins the link"
        ),
        pytest.param(entry("الأمر /help هنا"), entry("x"), 't("a.b")', "without an isolate", id="bare command"),
        pytest.param(entry("دليل COP."), entry("x"), 't("a.b")', "without an isolate", id="bare Latin at the end"),
        pytest.param(entry("COP دليل"), entry("x"), 't("a.b")', "left to right", id="line begins in Latin"),
        pytest.param(entry("نص \u2068COP"), entry("x"), 't("a.b")', "not closed", id="open isolate"),
        pytest.param(entry("نص COP\u2069"), entry("x"), 't("a.b")', "not closed", id="isolate closed twice"),
        pytest.param(entry("نص\u202b"), entry("x"), 't("a.b")', "Telegram removes", id="embedding"),
        pytest.param("#, fuzzy\n" + entry("نص"), entry("x"), 't("a.b")', "fuzzy", id="fuzzy"),
        pytest.param(entry("نص"), entry("x"), 'n("a.b", 3)', "has no plural forms", id="count without forms"),
        pytest.param(
            f'msgid "a.b"\nmsgid_plural "a.b"\n{SIX}\n',
            entry("{count}"),
            'n("a.b", 3)',
            "in one language only",
            id="plural in one language",
        ),
        pytest.param(
            'msgid "a.b"\nmsgid_plural "a.b"\nmsgstr[0] "لا"\nmsgstr[1] "واحد"\n\n',
            'msgid "a.b"\nmsgid_plural "a.b"\nmsgstr[0] "one"\nmsgstr[1] "{count}"\n\n',
            'n("a.b", 3)',
            "empty plural form",
            id="too few plural forms",
        ),
        pytest.param(
            f'msgid "a.b"\nmsgid_plural "a.b"\n{SIX}msgstr[6] "x"\n\n',
            entry("x"),
            't("a.b")',
            "cannot be read",
            id="too many plural forms",
        ),
        pytest.param(
            f'msgid "a.b"\nmsgid_plural "a.b"\n{SIX}\n', entry("x"), 't("a.b")', "without a count", id="no count"
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_says_its_cure(project: Project, ar: str, en: str, code: str, said: str) -> None:
    found = project(ar, en, code)

    assert any(said in fault.cure for fault in found), found
    assert all(fault.file and ";" in fault.cure for fault in found)


def test_a_latin_run_that_is_isolated_is_no_fault(project: Project) -> None:
    ar = entry("دليل \u2068COP\u2069. والأمر \u2068/help\u2069، ثم نص عن COP في الوسط")
    assert project(ar, entry("x"), 't("a.b")') == []


def test_the_wrong_plural_rule_in_the_header_is_found(project: Project) -> None:
    wrong = HEAD.format(6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 5 : 4)")
    found = project("", "", header=wrong)
    assert {fault.place for fault in found} == {"header"}


def test_a_catalogue_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [fault.cure for fault in faults(tmp_path, tmp_path)] == ["is not there; begin it with its header"] * 2


def test_a_fault_names_file_and_line(project: Project) -> None:
    found = project(entry("نص?"), entry("x"), 't("a.b")')
    assert [(fault.file, fault.place) for fault in found] == [("locales/ar/LC_MESSAGES/bot.po", "a.b (line 6)")]


def test_an_id_that_is_built_at_run_time_is_not_unused(project: Project) -> None:
    assert project(entry("نص", "kind.yes"), entry("x", "kind.yes"), 't(f"kind.{answer}")') == []
    assert project(entry("نص", "kind.yes"), entry("x", "kind.yes"), 'LABEL = "kind.yes"') == []
    assert project(entry("نص", "problem.odd"), entry("x", "problem.odd"), 'wrong("odd", context)') == []


def test_an_update_adds_what_is_missing_in_order_and_then_nothing(project: Project, tmp_path: Path) -> None:
    project(entry("نص"), "", 't("a.b"); t("z.z"); t("b.c"); n("d.e", 2)')
    path = path_of("ar", tmp_path / "locales")
    before = path.read_text(encoding="utf-8")

    first = update(tmp_path / "locales", tmp_path)
    after = path.read_text(encoding="utf-8")
    second = update(tmp_path / "locales", tmp_path)

    assert list(first.values()) == [3, 4]
    assert list(second.values()) == [0, 0]
    assert after.startswith(before.rstrip("\n"))
    assert path.read_text(encoding="utf-8") == after
    added = after[len(before.rstrip("\n")) :]
    assert added.index("b.c") < added.index("d.e") < added.index("z.z")
    assert added.count("msgstr[") == 6


def test_every_id_that_the_code_names_is_seen() -> None:
    used = used_ids(ROOT)
    assert used.sure["format.moment"].startswith("bot/texts/texts.py:")
    assert "duration.days" in used.plural


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chek"]) == 2
    assert "check|update" in capsys.readouterr().err


def test_the_check_is_silent_where_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""
