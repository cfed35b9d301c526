"""What can be used is in the docs, and what the docs name can be used."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli import COMMANDS, parser
from bot.dialogue.kinds import KINDS
from bot.registration.screens import ORGANISER_COMMANDS
from bot.settings import Settings, read_settings
from tests.docs.pages import ROOT, Page, page, pages, unquoted
from tests.docs.privacy_table import columns_table, shown_table

EVERY_PAGE = pytest.mark.parametrize("one", pages(), ids=lambda one: one.name)
NO_COMMANDS = {"/health", "/newbot"}  # look like commands of our chat: an address, and one of @BotFather's


def all_text() -> str:
    return "\n".join(one.text for one in pages())


# --- the command line ---------------------------------------------------------


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_is_in_the_operators_page(name: str) -> None:
    rows = page("docs/operators.md").rows("## Install and start")
    named = {unquoted(row[0]).split()[2] for row in rows if len(unquoted(row[0]).split()) > 2}
    assert name in named


def test_every_command_has_a_line_of_help() -> None:
    shown = parser().format_help()
    assert [c.name for c in COMMANDS if not c.help or c.name not in shown] == []


def command_lines(one: Page) -> list[str]:
    """The arguments of each `bot.py ...` that the page names."""
    places = [line for block in one.blocks for line in block.text.splitlines()] + one.spans
    found = []
    for place in places:
        for match in re.finditer(r"(?:^|[\s/$])(?:python3?|bin/python) bot\.py\b([^|#;]*)", place):
            found.append(match[1].partition("&&")[0].strip())
    return found


@EVERY_PAGE
def test_every_command_line_in_a_page_is_understood(one: Page) -> None:
    wrong = []
    for line in command_lines(one):
        try:
            parser().parse_args(shlex.split(line))
        except SystemExit as left:
            if left.code != 0:  # --help
                wrong.append(line)
    assert wrong == []


def test_command_lines_are_found_in_pages_at_all() -> None:
    assert {"check", "check --facts", "run", "status"} <= {line for one in pages() for line in command_lines(one)}


# --- the chat -----------------------------------------------------------------


def test_every_command_of_the_chat_is_in_the_organisers_page() -> None:
    rows = page("docs/organisers.md").rows("## What participants see")
    assert {unquoted(row[0]) for row in rows} == {f"/{name}" for name in ORGANISER_COMMANDS}


@EVERY_PAGE
def test_every_command_of_the_chat_in_a_page_exists(one: Page) -> None:
    known = {f"/{name}" for name in ORGANISER_COMMANDS} | NO_COMMANDS
    assert {span for span in one.spans if re.fullmatch(r"/[a-z_]+", span)} <= known


# --- settings -----------------------------------------------------------------


def setting_rows() -> dict[str, list[str]]:
    return {unquoted(row[0]): row for row in page("docs/operators.md").rows("## Settings")}


def test_every_setting_is_in_the_table_with_meaning_default_and_example() -> None:
    rows = setting_rows()
    assert set(rows) == {field.name.upper() for field in fields(Settings)}
    assert [name for name, row in rows.items() if len(row) != 4 or not all(row)] == []


@pytest.mark.parametrize("name", ["TELEGRAM_API_URL", "LOG_FORMAT"])
def test_the_default_of_a_setting_is_the_one_in_the_table(name: str) -> None:
    field = next(f for f in fields(Settings) if f.name == name.lower())
    assert unquoted(setting_rows()[name][2]) == field.default


def test_the_examples_of_all_settings_are_accepted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # CONTENT_DIR's example is a path from there
    examples = {name: unquoted(row[3]) for name, row in setting_rows().items()}
    settings = read_settings(examples, root=tmp_path)
    assert settings.organisers == {123456789, 987654321}
    assert settings.clock_start == datetime.fromisoformat("2020-11-09T09:00:00+02:00")


@EVERY_PAGE
def test_every_setting_that_a_page_gives_a_value_exists(one: Page) -> None:
    known = {field.name.upper() for field in fields(Settings)} | {"ARGS", "SCREENSHOTS", "NAME"}
    shown = "\n".join([*one.spans, *(block.text for block in one.blocks if block.language != "sql")])
    assert set(re.findall(r"(?:^|[\s'`])([A-Z][A-Z_]{3,})=", shown, re.MULTILINE)) <= known


# --- the form -----------------------------------------------------------------


def test_every_kind_of_answer_is_in_the_organisers_page() -> None:
    assert {unquoted(row[0]) for row in page("docs/organisers.md").rows("## Kinds of answer")} == set(KINDS)


def test_every_kind_of_answer_that_the_form_uses_is_in_its_head() -> None:
    head, _, questions = (ROOT / "content" / "registration.toml").read_text(encoding="utf-8").partition("[notice]")
    used = set(re.findall(r'^kind = "(\w+)"', questions, re.MULTILINE))
    assert {kind for kind in used if not re.search(rf"\b{kind}\b", head)} == set()


# --- make ---------------------------------------------------------------------


def makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", makefile(), re.MULTILINE))


def test_every_make_target_is_in_the_docs() -> None:
    listed = page("CONTRIBUTING.md").text.partition("lists all targets: ")[2].partition("\n")[0]
    assert set(listed.split()) == targets()


@EVERY_PAGE
def test_every_make_target_in_a_page_exists(one: Page) -> None:
    shown = "\n".join([*one.spans, *(block.text for block in one.blocks if block.language == "sh")])
    assert set(re.findall(r"(?:^|\s)make ([a-z]+)", shown, re.MULTILINE)) <= targets()


def recipe(target: str) -> list[str]:
    """The commands of a target and of the stamps it needs, as one would type them."""
    variables = dict(re.findall(r"^([A-Z]+)\s*[?:]?=\s*(.*)$", makefile(), re.MULTILINE))
    found = re.search(rf"^{re.escape(target)}:([^\n#]*)(?:##[^\n]*)?\n((?:\t[^\n]*\n)*)", makefile(), re.MULTILINE)
    assert found, f"no target {target}"
    commands = [command for needed in found[1].split() if needed.endswith(".stamp") for command in recipe(needed)]
    for line in found[2].splitlines():
        if line.startswith("\t@"):
            continue
        command = line
        while "$(" in command:
            command = re.sub(r"\$\((\w+)\)", lambda name: variables.get(name[1], ""), command)
        for flag in ("--quiet ", "--disable-pip-version-check "):
            command = command.replace(flag, "")
        commands.append(command.strip())
    return commands


def test_the_plain_lines_in_the_readme_are_what_make_does() -> None:
    _, _, below = page("README.md").text.partition("## Without make")
    run, test = re.findall(r"```sh\n(.*?)```", below, re.DOTALL)
    assert run.splitlines() == recipe("run")
    assert run.splitlines()[:2] + test.splitlines() == recipe("test")


# --- requirements, folders, columns, version ----------------------------------


@pytest.mark.parametrize("name", ["requirements.in", "requirements-postgres.in", "requirements-dev.in"])
def test_every_requirement_has_its_reason(name: str) -> None:
    asked = re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    heading = next(h for h in ("To run", "For PostgreSQL", "To develop") if f"## {h}: {name}" in _dependencies().text)
    given = [unquoted(row[0]) for row in _dependencies().rows(f"## {heading}: {name}") if len(row) == 2 and row[1]]
    assert sorted(given) == sorted(asked)


def _dependencies() -> Page:
    return page("docs/dependencies.md")


def test_every_top_level_folder_is_in_the_readme() -> None:
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")} - ignored
    assert {unquoted(row[0]).rstrip("/") for row in page("README.md").rows("## Where things live")} == folders


def test_every_column_about_somebody_is_in_the_privacy_page() -> None:
    assert shown_table() == columns_table(), "run: python -m tests.docs.privacy_table"


def test_the_version_has_a_part_in_the_changelog() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    assert f"\n## {version[1]}" in page("CHANGELOG.md").text


# --- what pages point to ------------------------------------------------------


@EVERY_PAGE
def test_every_link_within_the_project_leads_somewhere(one: Page) -> None:
    broken = []
    for link in one.links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (one.path.parent / path).resolve() if path else one.path
        if not target.exists() or (anchor and anchor not in page(target.relative_to(ROOT).as_posix()).anchors):
            broken.append(link)
    assert broken == []


FOLDERS = "bot|handlers|storage|tests|bench|docs|content|locales"


@EVERY_PAGE
def test_every_file_that_a_page_names_exists(one: Page) -> None:
    shown = "\n".join([*one.spans, *(block.text for block in one.blocks)])
    named = re.findall(rf"(?<![\w./-])((?:{FOLDERS})/[\w./-]*|(?:{FOLDERS}|[\w-]+)\.(?:md|toml|in|txt))", shown)
    own = {"event.toml", "registration.toml"}  # said of whichever content folder is meant
    missing = []
    for name in named:
        if name in own:
            continue
        if not (ROOT / name).exists() and not (one.path.parent / name).exists():
            missing.append(name)
    assert missing == []


@EVERY_PAGE
def test_every_module_that_a_page_names_exists(one: Page) -> None:
    shown = "\n".join([*one.spans, *(block.text for block in one.blocks)])
    missing = []
    for name in re.findall(r"(?<![\w./-])((?:bot|handlers|storage|tests|bench)(?:\.\w+)+)", shown):
        if name.endswith((".py", ".po", ".db", ".lock")):
            continue
        module, _, last = name.rpartition(".")
        file, around = ROOT / name.replace(".", "/"), ROOT / f"{module.replace('.', '/')}.py"
        if file.is_dir() or file.with_suffix(".py").exists():
            continue
        if not around.exists() or not re.search(rf"\b(?:def|class) {last}\b", around.read_text(encoding="utf-8")):
            missing.append(name)
    assert missing == []


def test_the_picture_is_there_and_small() -> None:
    picture = ROOT / "docs" / "pictures" / "simulator.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    links = set(page("docs/decisions/README.md").links)
    assert links == {path.name for path in folder.glob("0*.md")}
