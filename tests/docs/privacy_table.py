"""The table of docs/privacy.md, from the schema's own words. `python -m tests.docs.privacy_table` writes it anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from storage.schema import metadata

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
BEGIN, END = "<!-- columns: begin -->\n", "<!-- columns: end -->"


def columns_table() -> str:
    """A row for each column that is not the service's own."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| table | column | whose | why | kept |"
    yield "|---|---|---|---|---|"
    for table in metadata.tables.values():
        for column in table.columns:
            said = column.info
            if said["whose"] != "the service":
                yield f"| {table.name} | {column.name} | {said['whose']} | {said['why']} | {said['kept']} |"


def shown_table() -> str:
    """The table as the page has it."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + columns_table() + END + rest.partition(END)[2], encoding="utf-8")
    sys.stdout.write(f"{PAGE}: written\n")
