"""Every screen in each language, as text with its buttons and, in Arabic, as it is laid out on the phone.

`UPDATE_GOLDENS=1` writes what is seen; the diff is what gets reviewed.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from bidi import get_display

from bot.screen import Button, Screen
from storage.store import SqlStore
from tests.goldens.scenes import SCENES
from tests.goldens.stage import see
from tests.registration.office import office_over, shipped
from tests.registration.telegram_rules import shown

HERE = Path(__file__).parent
UPDATE = os.environ.get("UPDATE_GOLDENS") == "1"
# The reader of an Arabic screen sees what the isolates do; the reader of the file sees them too.
MARKS = {"\u2066": "⟦L:", "\u2067": "⟦R:", "\u2068": "⟦", "\u2069": "⟧", "\u200e": "‹LRM›", "\u200f": "‹RLM›"}
SEEN, UNSEEN = str.maketrans(MARKS), str.maketrans(dict.fromkeys(MARKS, ""))


def drawn(screen: Screen, language: str) -> str:
    """The screen for a reviewer."""
    parts = [f"# {screen.template}", screen.text.translate(SEEN)]
    if language == "ar":
        parts += ["", "## as laid out", *(laid_out(line) for line in shown(screen.text).split("\n"))]
    rows = [[labelled(button) for button in row] for row in screen.rows]
    if screen.reply_keyboard is not None:
        rows += [[screen.reply_keyboard.contact], *(list(row) for row in screen.reply_keyboard.rows)]
    if rows:
        parts += ["", *("[ " + " | ".join(row).translate(SEEN) + " ]" for row in rows)]
    if screen.remove_keyboard:
        parts += ["", "(the reply keyboard goes)"]
    return "\n".join(parts) + "\n"


def labelled(button: Button) -> str:
    return button.label if button.url is None else f"{button.label} -> {unquote(button.url)}"


def laid_out(line: str) -> str:
    """A line from left to right as Telegram shows it: its direction is that of its first strong letter."""
    return str(get_display(line)).translate(UNSEEN)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", SCENES)
async def test_a_screen_reads_as_it_was_reviewed(sqlite_store: SqlStore, name: str, language: str) -> None:
    seen = await see(office_over(sqlite_store).room(1, language), language, SCENES[name])
    assert seen
    text = "\n".join(drawn(screen, language) for screen in seen)
    golden = HERE / language / f"{name}.txt"
    if UPDATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")

    assert golden.exists(), "not reviewed yet: UPDATE_GOLDENS=1, then read it"
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_golden_belongs_to_a_scene_and_every_question_has_one(language: str) -> None:
    found = {path.stem for path in (HERE / language).glob("*.txt")}

    assert found == set(SCENES)
    assert {f"ask.{asked.id}" for asked in shipped().form} <= found


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("عنوان \u2068nour@example.org\u2069، ثم", "مث ،nour@example.org ناونع"),
        ("الرقم \u2068+20 100 123 4567\u2069.", ".+20 100 123 4567 مقرلا"),
    ],
    ids=["comma-after-latin", "full-stop-after-number"],
)
def test_isolated_latin_leaves_punctuation_on_the_arabic_side(text: str, seen: str) -> None:
    assert laid_out(text) == seen


def test_without_isolation_the_full_stop_would_jump() -> None:
    """The layout is a real one: it shows the fault that the isolates are there against."""
    assert laid_out("عنوان info@example.org/en/.") != laid_out("عنوان \u2068info@example.org/en/\u2069.")
