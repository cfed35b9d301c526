"""Every fault of the catalogues, collected: file, place, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.texts.catalogues import LANGUAGES, LOCALES, ROOT, path_of, read
from bot.texts.code_ids import UsedIds, used_ids
from bot.texts.wording_faults import placeholders_of, text_faults

if TYPE_CHECKING:
    from babel.messages.catalog import Message

PLURALS = {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    "en": (2, "(n != 1)"),
}
COUNT = "count"


class CatalogueFault(NamedTuple):
    """One thing to mend, in English. `cure` says what is wrong and then how to put it right."""

    file: str
    place: str
    cure: str


Entries = Mapping[str, "Message"]


def faults(directory: Path = LOCALES, root: Path = ROOT) -> list[CatalogueFault]:
    """The faults of both catalogues and of their use by the code under `root`."""
    found: list[CatalogueFault] = []
    entries: dict[str, Entries] = {}
    used = used_ids(root)
    for language in LANGUAGES:
        file = _shown(path_of(language, directory), root)
        read_ones, wrong = _entries(language, directory, file)
        found.extend(wrong)
        if read_ones is not None:
            entries[language] = read_ones
    for language, own in entries.items():
        file = _shown(path_of(language, directory), root)
        for id_, message in own.items():
            where = f"{id_} (line {message.lineno})"
            found.extend(CatalogueFault(file, where, cure) for cure in _of_entry(id_, message, language, used))
        for other, others in entries.items():
            found.extend(
                CatalogueFault(file, id_, f"is in {other} and not here; add it") for id_ in others if id_ not in own
            )
        found.extend(
            CatalogueFault(place, id_, f"is in no {language} catalogue; run the update and write it")
            for id_, place in used.sure.items()
            if id_ not in own
        )
    if len(entries) == len(LANGUAGES):
        file = _shown(path_of(LANGUAGES[1], directory), root)
        found.extend(CatalogueFault(file, id_, cure) for id_, cure in _differences(entries))
    return found


def _entries(language: str, directory: Path, file: str) -> tuple[Entries | None, list[CatalogueFault]]:
    from babel.messages.pofile import PoFileError

    try:
        catalogue = read(language, directory)
    except OSError:
        return None, [CatalogueFault(file, "", "is not there; begin it with its header")]
    except PoFileError as error:
        return None, [CatalogueFault(file, "", f"cannot be read ({error}); mend that line")]
    number, expression = PLURALS[language]
    wrong = []
    if catalogue.num_plurals != number or catalogue.plural_expr.strip("()") != expression.strip("()"):
        header = f"Plural-Forms: nplurals={number}; plural={expression};"
        wrong.append(CatalogueFault(file, "header", f"other plural forms than the language has; write {header}"))
    return {_id(message): message for message in catalogue if message.id}, wrong


def _of_entry(id_: str, message: Message, language: str, used: UsedIds) -> Iterator[str]:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield "is marked fuzzy, so it is not used; check it and take the mark off"
    if message.pluralizable and len(forms) != PLURALS[language][0]:
        yield f"has {len(forms)} plural forms; write {PLURALS[language][0]}"
    if not all(str(form).strip() for form in forms):
        yield "is empty; write it" if len(forms) == 1 else "has an empty plural form; write it"
    if id_ in used.plural and not message.pluralizable:
        yield "is used with a count and has no plural forms; add msgid_plural"
    if id_ in used.plain | used.html and message.pluralizable:
        yield "has plural forms and is used without a count; use .n or take them out"
    if not used.covers(id_):
        yield "is used nowhere; take it out"
    shown_as_it_is = id_ in used.plain and id_ not in used.html
    for form in forms:
        yield from text_faults(str(form), language, html=not shown_as_it_is)


def _differences(entries: Mapping[str, Entries]) -> Iterator[tuple[str, str]]:
    arabic, english = (entries[language] for language in LANGUAGES)
    for id_ in arabic.keys() & english.keys():
        one, other = _placeholders(arabic[id_]), _placeholders(english[id_])
        if arabic[id_].pluralizable != english[id_].pluralizable:
            yield id_, "has plural forms in one language only; give both or neither"
        if one != other:
            names = ", ".join(f"{{{name}}}" for name in sorted(one ^ other))
            yield id_, f"{names} in one language only; put it in both or in neither"


def _placeholders(message: Message) -> frozenset[str]:
    """The names of all forms together; a form may say its count in words."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    names: frozenset[str] = frozenset().union(*(placeholders_of(str(form)) or () for form in forms))
    return names - {COUNT} if message.pluralizable else names


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
