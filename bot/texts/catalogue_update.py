"""Brings the catalogues up to date with the code: what is missing is added at the end, nothing else is touched."""

from __future__ import annotations

from pathlib import Path

from bot.texts.catalogue_faults import PLURALS
from bot.texts.catalogues import LANGUAGES, LOCALES, ROOT, path_of, read
from bot.texts.code_ids import used_ids


def update(directory: Path = LOCALES, root: Path = ROOT) -> dict[str, int]:
    """Adds, in sorted order and with empty text, each id that the code uses or the other language has.

    Returns {file: how many}. Run again it adds nothing. Raises OSError, or babel's PoFileError.
    """
    used = used_ids(root)
    known: dict[str, dict[str, bool]] = {}
    for language in LANGUAGES:
        messages = [message for message in read(language, directory) if message.id]
        known[language] = {
            message.id[0] if isinstance(message.id, tuple) else str(message.id): message.pluralizable
            for message in messages
        }
    wanted = {id_: id_ in used.plural for id_ in used.sure}
    for entries in known.values():
        wanted.update(entries)
    added = {}
    for language in LANGUAGES:
        missing = sorted(wanted.keys() - known[language].keys())
        path = path_of(language, directory)
        if missing:
            entries_text = "\n".join(_entry(id_, language, plural=wanted[id_]) for id_ in missing)
            text = path.read_text(encoding="utf-8").rstrip("\n")
            path.write_text(f"{text}\n\n{entries_text}", encoding="utf-8")
        added[str(path)] = len(missing)
    return added


def _entry(id_: str, language: str, *, plural: bool) -> str:
    if not plural:
        return f'msgid "{id_}"\nmsgstr ""\n'
    forms = "".join(f'msgstr[{form}] ""\n' for form in range(PLURALS[language][0]))
    return f'msgid "{id_}"\nmsgid_plural "{id_}"\n{forms}'
