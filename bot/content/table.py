"""One TOML table while it is read: what is asked for is checked, what nobody asked for is a fault."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.content.faults import FaultList, Place, did_you_mean
from bot.content.toml_file import Block, TomlFile
from bot.content.wording import Rule, pair_faults, text_faults
from bot.dialogue.definition import LANGUAGES, Bilingual

_LANGUAGE_NAMES = {"ar": "Arabic", "en": "English"}
_TYPE_NAMES = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list in [ ]"}


class Table:
    """`words` name the table to an organiser (empty for the file itself); `block` is where it stands."""

    def __init__(
        self, data: Mapping[str, Any], file: TomlFile, faults: FaultList, words: str = "", block: Block | None = None
    ) -> None:
        self.data = data
        self.faults = faults
        self.words = words
        self._file = file
        self._block = block or file.whole
        self._asked: set[str] = set()

    def place(self, key: str = "") -> Place:
        """Where `key` is set, or the table itself."""
        words = ", ".join(part for part in (self.words, key) if part)
        line = self._file.line_of(key, self._block) if key else None
        if line is None and "." in key:
            line = self._file.line_of(key.split(".", 1)[0], self._block)
        if line is None and self.words:
            line = self._block.start
        return Place(words=words, line=line)

    def fault(self, key: str, message: str, cure: str) -> None:
        self.faults.add(self.place(key), message, cure)

    def string(self, key: str, *, required: bool = True, default: str = "") -> str:
        value = self._value(key, str, required, default)
        if required and key in self.data and isinstance(value, str) and not value.strip():
            self.fault(key, "is empty", "write it")
        return unicodedata.normalize("NFC", value).strip()

    def integer(self, key: str, *, default: int = 0, required: bool = True, cure: str = "add it") -> int:
        value: int = self._value(key, int, required, default, cure)
        return value

    def boolean(self, key: str, *, default: bool) -> bool:
        value: bool = self._value(key, bool, False, default)
        return value

    def strings(self, key: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._value(key, list, False, list(default))
        if not all(isinstance(item, str) for item in value):
            self.fault(key, "has something that is not text", 'write each in quotes, as ["one", "two"]')
            return default
        return tuple(value)

    def anything(self, key: str, default: Any) -> Any:
        """The value as TOML reads it, for the caller to check."""
        self._asked.add(key)
        return self.data.get(key, default)

    def wall_time(self, key: str) -> datetime | None:
        """A date and hour without offset."""
        self._asked.add(key)
        value = self.data.get(key)
        cure = "write the date and hour on the wall, as 2020-11-23T11:00:00, without quotes or offset"
        if value is None:
            self.fault(key, "is missing", cure)
        elif not isinstance(value, datetime) or value.tzinfo is not None:
            self.fault(key, f"is not a wall time: {value}", cure)
        else:
            return value
        return None

    def table(self, key: str) -> Table | None:
        """The table `[key]` of this one."""
        self._asked.add(key)
        value = self.data.get(key)
        if not isinstance(value, dict):
            said = "is missing" if value is None else "is not a table"
            self.fault(key, said, f"add the table [{key}]")
            return None
        line = self._file.line_of(key, self._block)
        block = Block(start=line, end=self._block.end) if line is not None else self._block
        return Table(value, self._file, self.faults, ", ".join(p for p in (self.words, key) if p), block)

    def tables(self, key: str, header: str) -> list[Table]:
        """The tables `[[header]]` below this one, in order; each is named by its id, or by its place in the row."""
        self._asked.add(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, "is not a list of tables", f"begin each with a line [[{header}]]")
            return []
        blocks = self._file.blocks(header, self._block)
        if len(blocks) != len(value):  # written inline: the lines are not known apart
            blocks = [self._block] * len(value)
        out = []
        for number, (item, block) in enumerate(zip(value, blocks, strict=True), start=1):
            name = item.get("id", item.get("key"))
            own = f'{key} "{name}"' if isinstance(name, str) else f"{key} number {number}"
            out.append(Table(item, self._file, self.faults, ", ".join(p for p in (self.words, own) if p), block))
        return out

    def text(self, key: str, rule: Rule, *, required: bool = True) -> Bilingual | None:
        """A text in both languages, NFC and trimmed; None where it is missing, with or without a fault."""
        self._asked.add(key)
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(key, "is missing", f'add {key}.ar = "..." and {key}.en = "..."')
            return None
        if not isinstance(value, dict):
            self.fault(key, "is in no language", f'write {key}.ar = "..." and {key}.en = "..."')
            return None
        for language in value.keys() - set(LANGUAGES):
            self.fault(f"{key}.{language}", f'unknown language "{language}"', did_you_mean(language, LANGUAGES))
        return self._both(value, {language: f"{key}.{language}" for language in LANGUAGES}, rule)

    def own_text(self, rule: Rule) -> Bilingual | None:
        """The text whose languages are keys of this very table (a choice: ar, en)."""
        self._asked.update(LANGUAGES)
        return self._both(self.data, {language: language for language in LANGUAGES}, rule)

    def finish(self) -> None:
        """Every key that was not asked for becomes a fault."""
        for key in self.data:
            if key not in self._asked:
                self.fault(key, f'unknown key "{key}"', did_you_mean(key, sorted(self._asked)))

    def _both(self, value: Mapping[str, Any], keys: Mapping[str, str], rule: Rule) -> Bilingual | None:
        out: dict[str, str] = {}
        for language, key in keys.items():
            text = value.get(language)
            if text is None:
                name = _LANGUAGE_NAMES[language]
                self.fault(key, f"the {name} is missing", f'add {key} = "..."')
            elif not isinstance(text, str):
                self.fault(key, "is not text", "write it in quotes")
            else:
                out[language] = unicodedata.normalize("NFC", text).strip()
                for message, cure in text_faults(out[language], language, rule):
                    self.fault(key, message, cure)
        if len(out) < len(keys):
            return None
        for message, cure in pair_faults(out["ar"], out["en"]):
            self.fault(keys["ar"], message, cure)
        return out

    def _value(self, key: str, kind: type, required: bool, default: Any, cure: str = "add it") -> Any:
        self._asked.add(key)
        if key not in self.data:
            if required:
                self.fault(key, "is missing", cure)
            return default
        value = self.data[key]
        if type(value) is not kind:  # a TOML boolean is no number, though Python's is
            self.fault(key, f"is not {_TYPE_NAMES[kind]}: {value!r}", f"write {_TYPE_NAMES[kind]}")
            return default
        return value


def ids_twice(tables: Iterable[Table], key: str = "id") -> None:
    """A fault for each table whose `key` an earlier one has."""
    seen: set[str] = set()
    for table in tables:
        value = table.data.get(key)
        if isinstance(value, str):
            if value in seen:
                table.fault(key, f'the {key} "{value}" is there twice', "give one of them another")
            seen.add(value)
