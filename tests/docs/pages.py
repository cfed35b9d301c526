"""The documentation as text: its pages, their code spans, blocks, links and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block. `language` is the word after the fence, "" where there is none."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `name` is its path from the project's folder."""

    name: str
    path: Path
    text: str

    @property
    def blocks(self) -> list[Block]:
        return [Block(language=language, text=text) for language, text in _FENCE.findall(self.text)]

    @property
    def prose(self) -> str:
        """The page without its blocks."""
        return _FENCE.sub("", self.text)

    @property
    def spans(self) -> list[str]:
        """What stands in `code` in the running text."""
        return _SPAN.findall(self.prose)

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """What its headings are linked by, as GitHub makes them."""
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(self.prose)}

    def rows(self, heading: str) -> Iterator[list[str]]:
        """The cells of each row of the tables below that heading, up to the next; the head left out."""
        _, _, below = self.text.partition(f"\n{heading}\n")
        part = re.split(r"^#", below, maxsplit=1, flags=re.MULTILINE)[0]
        for line in part.splitlines():
            if line.startswith("| `"):
                yield [cell.strip() for cell in line.strip("|").split(" | ")]


def page(name: str) -> Page:
    """The page of that path from the project's folder."""
    path = ROOT / name
    return Page(name=name, path=path, text=path.read_text(encoding="utf-8"))


def pages() -> list[Page]:
    """All of them."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [page(path.relative_to(ROOT).as_posix()) for path in sorted(found)]


def unquoted(cell: str) -> str:
    """A table's cell without its backticks."""
    return cell.strip("`")
