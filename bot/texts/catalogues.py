"""The catalogues: locales/<language>/LC_MESSAGES/bot.po, compiled in memory when a language is first used.

python -m bot.texts.catalogues check: every fault with file, place and cure; exit 1 on any.
python -m bot.texts.catalogues update: adds ids that the code uses and a catalogue lacks, with empty text.
"""

from __future__ import annotations

import gettext
import io
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
LANGUAGES = ("ar", "en")


def path_of(language: str, directory: Path = LOCALES) -> Path:
    """Where that language's catalogue is."""
    return directory / language / "LC_MESSAGES" / "bot.po"


def read(language: str, directory: Path = LOCALES) -> Catalog:
    """The catalogue as Babel reads it, obsolete entries left out. Raises OSError, or babel's PoFileError."""
    from babel.messages.pofile import read_po

    with path_of(language, directory).open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)


@cache
def load(language: str, directory: Path = LOCALES) -> gettext.GNUTranslations:
    """The catalogue ready to look up. Raises OSError, or babel's PoFileError."""
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read(language, directory))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def main(arguments: list[str]) -> int:
    from bot.texts.catalogue_faults import faults
    from bot.texts.catalogue_update import update

    if arguments == ["check"]:
        found = faults()
        sys.stdout.writelines(f"{fault.file}: {fault.place}: {fault.cure}\n" for fault in found)
        return 1 if found else 0
    if arguments == ["update"]:
        sys.stdout.writelines(f"{path}: {added} added\n" for path, added in update().items())
        return 0
    sys.stderr.write("usage: python -m bot.texts.catalogues check|update\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
