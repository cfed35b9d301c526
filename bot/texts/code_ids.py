"""Which catalogue ids the code uses, read from its syntax tree.

Sure: a literal (or either arm of a conditional) given to `.t`, `.n`, `.plain`, and `Problem(code=...)`.
Perhaps: any other literal that reads like an id, and what an f-string begins with.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = ("bot", "handlers", "storage")
PROBLEMS = "problem."

_CALLS = {"t": "html", "n": "plural", "plain": "plain", "_laid_out": "plain"}
_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(slots=True)
class UsedIds:
    """`sure` is {id: file:line of one use}. `perhaps` and `beginnings` only keep an entry from being unused."""

    sure: dict[str, str] = field(default_factory=dict)
    plural: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    html: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)

    def covers(self, id_: str) -> bool:
        """Whether the code may use that id."""
        if id_ in self.sure or id_ in self.perhaps:
            return True
        return not id_.startswith(PROBLEMS) and any(id_.startswith(beginning) for beginning in self.beginnings)


def used_ids(root: Path) -> UsedIds:
    """The ids used under `root`'s packages. Raises SyntaxError for a file that is no Python."""
    used = UsedIds()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            place = path.relative_to(root).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), place)):
                _read(node, place, used)
    return used


def _read(node: ast.AST, place: str, used: UsedIds) -> None:
    if isinstance(node, ast.Call):
        name = _name_of(node.func)
        if name in _CALLS:
            for id_, first in _ids_in_call(node):
                used.sure.setdefault(id_, f"{place}:{node.lineno}")
                if first:  # a second argument is some function that passes it on, to which of them is not known
                    getattr(used, _CALLS[name]).add(id_)
        elif name == "Problem":
            for code in _literals(_code_of(node)):
                used.sure.setdefault(f"{PROBLEMS}{code}", f"{place}:{node.lineno}")
    elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
        beginning = str(node.values[0].value)
        if re.fullmatch(r"[a-z][a-z0-9_.]*[._]", beginning):
            used.beginnings.add(beginning)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _ID.fullmatch(node.value):
            used.perhaps.add(node.value)
        elif _WORD.fullmatch(node.value):
            used.perhaps.add(f"{PROBLEMS}{node.value}")


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _ids_in_call(call: ast.Call) -> Iterator[tuple[str, bool]]:
    """(id, whether it is the first argument)."""
    for position, argument in enumerate(call.args[:2]):
        found = [text for text in _literals(argument) if _ID.fullmatch(text)]
        if found:
            yield from ((id_, position == 0) for id_ in found)
            return


def _code_of(call: ast.Call) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)
    return named or (call.args[0] if call.args else None)


def _literals(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
