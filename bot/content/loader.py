"""Both files of content/, read whole or refused with all their faults."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.event import Assumption, Event, read_assumptions, read_event
from bot.content.faults import Fault, FaultList
from bot.content.form import read_form
from bot.content.table import Table
from bot.content.toml_file import read_toml
from bot.dialogue.definition import Form
from bot.dialogue.kinds import Kind

EVENT_FILE = "event.toml"
FORM_FILE = "registration.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the bot runs on. `checksum` changes with any byte of the files; `notice_version` only by hand."""

    event: Event
    form: Form
    notice_version: str
    checksum: str
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The content, or None and why not. `checksum` is that of the files as they are, faulty or not."""

    content: Content | None
    faults: tuple[Fault, ...]
    checksum: str


def load(directory: Path, kinds: Mapping[str, Kind] | None = None) -> Loaded:
    """Read and check `event.toml` and `registration.toml` in `directory`. Never raises for what is in them.

    `kinds` is the registry of answer kinds, the bot's own by default.
    """
    registry = _own_kinds() if kinds is None else kinds
    checksum = checksum_of(directory)
    event_faults, form_faults = FaultList(EVENT_FILE), FaultList(FORM_FILE)
    event: Event | None = None
    assumptions: tuple[Assumption, ...] = ()
    form: Form | None = None
    notice_version = ""
    event_toml = read_toml(directory / EVENT_FILE, event_faults)
    if event_toml is not None:
        root = Table(event_toml.data, event_toml, event_faults)
        event = read_event(root)
        assumptions = read_assumptions(root)
        root.finish()
    form_toml = read_toml(directory / FORM_FILE, form_faults)
    if form_toml is not None:
        root = Table(form_toml.data, form_toml, form_faults)
        form, notice_version = read_form(root, registry, event.retention if event else None)
        root.finish()
    faults = (*event_faults.sorted(), *form_faults.sorted())
    if faults or event is None or form is None:
        return Loaded(content=None, faults=faults, checksum=checksum)
    content = Content(event=event, form=form, notice_version=notice_version, checksum=checksum, assumptions=assumptions)
    return Loaded(content=content, faults=(), checksum=checksum)


def checksum_of(directory: Path) -> str:
    """Of the files' bytes; cheap enough to ask every few seconds whether something changed."""
    digest = hashlib.sha256()
    for name in (EVENT_FILE, FORM_FILE):
        path = directory / name
        digest.update(path.read_bytes() if path.is_file() else b"\0")
        digest.update(b"\0\0")
    return digest.hexdigest()[:16]


def check_facts(content: Content) -> tuple[Assumption, ...]:
    """What the organisers must still confirm, in the order of the file."""
    return content.assumptions


def _own_kinds() -> Mapping[str, Kind]:
    from bot.dialogue.kinds import KINDS

    return KINDS
