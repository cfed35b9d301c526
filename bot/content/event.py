"""The event, read from `content/event.toml`: wall times with their zone, never offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.content.faults import did_you_mean
from bot.content.table import Table, ids_twice
from bot.content.wording import TITLE, Rule, utf16_length
from bot.dialogue.definition import Bilingual
from bot.texts.zones import zone_named, zone_names

_ID = re.compile(r"[a-z0-9_]{1,20}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PLAIN = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something no source states, for the organisers to confirm. English; `where` names file and key."""

    key: str
    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BotTexts:
    """What Telegram shows of the bot itself, plain text."""

    name: Bilingual
    description: Bilingual
    short_description: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `..._local` are wall times in `zone`; `..._at` are resolved anew each time, aware and in UTC.

    Titles, share and bot texts are plain text, not HTML. A wall time that comes twice means the first.
    """

    id: str
    number_prefix: str
    title: Bilingual
    title_short: Bilingual
    organiser: Bilingual
    zone: str
    starts_local: datetime
    ends_local: datetime
    closes_local: datetime
    grace: timedelta
    retention: timedelta
    homepage_url: str
    contact_name: Bilingual
    contact_role: Bilingual
    contact_email: str
    addressees: tuple[Bilingual, ...]
    share: Bilingual
    bot: BotTexts

    @property
    def starts_at(self) -> datetime:
        return _resolve(self.starts_local, self.zone)

    @property
    def ends_at(self) -> datetime:
        return _resolve(self.ends_local, self.zone)

    @property
    def closes_at(self) -> datetime:
        return _resolve(self.closes_local, self.zone)

    @property
    def grace_ends_at(self) -> datetime:
        """Until when a draft begun before the closing may be confirmed."""
        return self.closes_at + self.grace

    @property
    def purge_at(self) -> datetime:
        """When registrations have been kept long enough."""
        return self.ends_at + self.retention


def read_event(root: Table) -> Event | None:
    """The event, or None where something that it can't be without is missing; its faults are in `root.faults`."""
    event_id = _identifier(root, "id", _ID, 'use 1 to 20 of a-z, 0-9 and _, as "cop2020"')
    prefix = _identifier(root, "number_prefix", re.compile(r"[A-Z]{2,5}"), 'use 2 to 5 letters A-Z, as "COP"')
    title = root.text("title", TITLE)
    title_short = root.text("title_short", Rule(limit=120, placeholders=_PLAIN))
    organiser = root.text("organiser", Rule(limit=120, placeholders=_PLAIN))
    titles = {"event_title": title, "event_short": title_short}
    share = _with_titles(root, "share", 600, titles)
    homepage = root.string("homepage_url")
    if homepage and not re.fullmatch(r"https?://[^\s<>\"]+", homepage):
        root.fault("homepage_url", f"is no address: {homepage}", "write it whole, from https://")
    addressees = _addressees(root)

    times = root.table("times")
    wall = _times(times) if times else None
    registration = root.table("registration")
    grace, retention = _registration(registration) if registration else (timedelta(0), timedelta(0))
    contact = root.table("contact")
    contact_name = contact.text("name", Rule(limit=100, placeholders=_PLAIN)) if contact else None
    contact_role = contact.text("role", Rule(limit=100, placeholders=_PLAIN)) if contact else None
    email = contact.string("email") if contact else ""
    if contact and email and not _EMAIL.fullmatch(email):
        contact.fault("email", f"is no e-mail address: {email}", "write it as name@example.org")
    bot_texts = _bot_texts(root, titles)
    for table in (times, registration, contact):
        if table:
            table.finish()

    if not (title and title_short and organiser and share and wall and contact_name and contact_role and bot_texts):
        return None
    event = Event(
        id=event_id,
        number_prefix=prefix,
        title=title,
        title_short=title_short,
        organiser=organiser,
        zone=wall[0],
        starts_local=wall[1],
        ends_local=wall[2],
        closes_local=wall[3],
        grace=grace,
        retention=retention,
        homepage_url=homepage,
        contact_name=contact_name,
        contact_role=contact_role,
        contact_email=email,
        addressees=addressees,
        share=share,
        bot=bot_texts,
    )
    if times:
        _order_faults(times, event)
    return event


def read_assumptions(root: Table) -> tuple[Assumption, ...]:
    """The tables `[[assumption]]`."""
    tables = root.tables("assumption", "assumption")
    ids_twice(tables, "key")
    out = []
    for table in tables:
        out.append(Assumption(key=table.string("key"), text=table.string("text"), where=table.string("where")))
        table.finish()
    return tuple(out)


def _identifier(table: Table, key: str, pattern: re.Pattern[str], cure: str) -> str:
    value = table.string(key)
    if value and not pattern.fullmatch(value):
        table.fault(key, f'"{value}" can\'t be used', cure)
    return value


def _addressees(root: Table) -> tuple[Bilingual, ...]:
    tables = root.tables("addressee", "addressee")
    texts = [table.own_text(TITLE) for table in tables]
    for table in tables:
        table.finish()
    return tuple(text for text in texts if text)


def _times(table: Table) -> tuple[str, datetime, datetime, datetime] | None:
    """(zone, start, end, closing), each wall time one that exists in the zone."""
    zone = table.string("zone")
    keys = ("starts", "ends", "registration_closes")
    starts, ends, closes = (table.wall_time(key) for key in keys)
    if not zone:
        return None
    if zone not in zone_names():
        cure = did_you_mean(zone, zone_names())
        table.fault("zone", f'unknown zone "{zone}"', cure if cure.startswith("did") else 'write one as "Africa/Cairo"')
        return None
    for key, wall in zip(keys, (starts, ends, closes), strict=True):
        if wall is not None and not _exists(wall, zone):
            later = _resolve(wall, zone).astimezone(zone_named(zone))
            table.fault(
                key,
                f"{wall:%H:%M} on {wall:%Y-%m-%d} does not exist in {zone}: clocks go forward over it",
                f"the clock shows {later:%H:%M} then: write that, or another hour",
            )
    return (zone, starts, ends, closes) if starts and ends and closes else None


def _registration(table: Table) -> tuple[timedelta, timedelta]:
    """(grace, retention)"""
    grace = table.integer("grace_minutes", cure="add it, in minutes; 0 for none")
    if grace < 0:
        table.fault("grace_minutes", f"is negative: {grace}", "write 0 or more minutes after the closing")
    days = table.integer("retention_days", cure="add how many days after the event registrations are kept")
    if "retention_days" in table.data and not 1 <= days <= 3650:
        table.fault("retention_days", f"is out of reach: {days}", "write 1 to 3650 days")
    return timedelta(minutes=grace), timedelta(days=min(max(days, 0), 3650))


def _bot_texts(root: Table, titles: Mapping[str, Bilingual | None]) -> BotTexts | None:
    table = root.table("bot")
    if table is None:
        return None
    name = _with_titles(table, "name", 64, titles)
    description = _with_titles(table, "description", 512, titles)
    short = _with_titles(table, "short_description", 120, titles)
    table.finish()
    if not (name and description and short):
        return None
    return BotTexts(name=name, description=description, short_description=short)


def _with_titles(table: Table, key: str, limit: int, titles: Mapping[str, Bilingual | None]) -> Bilingual | None:
    """A plain text with the titles in place; `limit` is for what comes out."""
    text = table.text(key, Rule(limit=4 * limit, placeholders=frozenset(titles)))
    if text is None:
        return None
    out: dict[str, str] = {}
    for language, words in text.items():
        filled = words
        for name, title in titles.items():
            filled = filled.replace(f"{{{name}}}", title[language] if title else "")
        if (length := utf16_length(filled)) > limit:
            message = f"is too long: {length} of {limit} characters with the titles in place"
            table.fault(f"{key}.{language}", message, f"shorten it by {length - limit}")
        out[language] = filled
    return out


def _order_faults(times: Table, event: Event) -> None:
    if event.ends_at <= event.starts_at:
        times.fault("ends", "the event ends before it starts", "put the end after the start")
    if event.closes_at > event.starts_at:
        times.fault("registration_closes", "registration closes after the start", "put it before the start")
    elif event.grace_ends_at > event.starts_at:
        times.fault(
            "registration_closes",
            "the grace after the closing runs past the start",
            "close earlier, or make grace_minutes smaller",
        )


def _resolve(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=zone_named(zone)).astimezone(UTC)


def _exists(wall: datetime, zone: str) -> bool:
    return _resolve(wall, zone).astimezone(zone_named(zone)).replace(tzinfo=None, fold=0) == wall
