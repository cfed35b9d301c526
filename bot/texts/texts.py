"""`Texts`: the bot's words for one language, one country's habits and one kind of digits."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from bot.texts.markup import Markup, escape, inserted
from bot.texts.numerals import ARAB_COUNTRIES, Digits, digits_of, in_digits
from bot.texts.place_names import LOCALES_OF, babel_locale, city_name, country_name
from bot.texts.zones import zone_named

Language = Literal["ar", "en"]
Param = str | int | Markup
Zone = str | ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Texts:
    """Get one from `texts_for`. Methods give plain text, except where they say Markup."""

    lang: Language
    country_code: str | None
    digit_kind: Digits
    translations: gettext.GNUTranslations = field(repr=False)
    dates: Locale = field(repr=False)

    # --- sentences ---

    def t(self, id_: str, /, **params: Param) -> Markup:
        """The catalogue's text as Markup. A str param is escaped and isolated, an int is written in the
        person's digits, Markup goes in as it is. Raises KeyError naming the id, or the missing param."""
        return self.fill(self._found(id_, self.translations.gettext(id_)), **params)

    def n(self, id_: str, count: int, /, **params: Param) -> Markup:
        """As `t`, in the plural form of `count`, which the text may hold as {count}."""
        text = self.translations.ngettext(id_, id_, abs(count))
        return self.fill(self._found(id_, text), count=count, **params)

    def plain(self, id_: str, /, **params: Param) -> str:
        """As `t`, not escaped: for button labels and other places where Telegram reads no HTML."""
        template = self._found(id_, self.translations.gettext(id_))
        values = {name: self._value(value) for name, value in params.items()}
        return template.format_map(values) if "{" in template else template

    def fill(self, template: str | Mapping[str, str], /, **params: Param) -> Markup:
        """A text of the content (HTML with {placeholders}; or one a language) as Markup, filled as by `t`."""
        text = template if isinstance(template, str) else template[self.lang]
        if "{" not in text:
            return Markup(text)
        values = {
            name: value if isinstance(value, Markup) else escape(self._value(value)) for name, value in params.items()
        }
        return Markup(text.format_map(values))

    def link(self, url: str, label: str) -> Markup:
        """A link with words of its own, so that no punctuation of the sentence can join the address."""
        return Markup(f'<a href="{escape(url)}">{escape(inserted(label, self.lang))}</a>')

    # --- numbers and lists ---

    def digits(self, text: str) -> str:
        """The text with its 0-9 in the person's digits."""
        return in_digits(text, self.digit_kind)

    def number(self, value: int) -> str:
        """A whole number; thousands are parted from 10,000 on."""
        if abs(value) < 10_000:
            return self.digits(str(value))
        grouped = f"{value:,}"
        return self.digits(grouped.replace(",", "٬") if self.digit_kind == "arab" else grouped)

    def list(self, items: Sequence[str]) -> str:
        """«أ وب وج», "a, b and c"; each item isolated where its direction needs it."""
        return self._joined([inserted(item, self.lang) for item in items], "standard")

    def list_or(self, items: Sequence[str]) -> str:
        """«أ أو ب», "a or b"."""
        return self._joined([inserted(item, self.lang) for item in items], "or")

    # --- time and place ---

    def date(self, day: date) -> str:
        """ "Monday 23 November 2020", with the country's month names."""
        weekday = self.dates.days["format"]["wide"][day.weekday()]
        month = self.dates.months["format"]["wide"][day.month]
        return self.digits(f"{weekday} {day.day} {month} {day.year}")

    def time(self, at: datetime, zone: Zone) -> str:
        """ "11:00": an aware instant on the clocks of that zone."""
        return self.digits(f"{_local(at, zone):%H:%M}")

    def moment(self, at: datetime, zone: Zone) -> str:
        """ "Monday 23 November 2020, 11:00": an aware instant on the clocks of that zone, zone not named."""
        return self._laid_out("format.moment", date=self.date(_local(at, zone)), time=self.time(at, zone))

    def span(self, start: datetime, end: datetime, zone: Zone) -> str:
        """From one aware instant to another on the clocks of that zone; the day once if it is the same."""
        first, last = _local(start, zone), _local(end, zone)
        if first.date() != last.date():
            return self._laid_out("format.span_days", start=self.moment(start, zone), end=self.moment(end, zone))
        return self._laid_out(
            "format.span", date=self.date(first), start=self.time(start, zone), end=self.time(end, zone)
        )

    def zone(self, zone: Zone) -> str:
        """ "Cairo time", «بتوقيت القاهرة»."""
        name = _key(zone)
        if name in {"UTC", "Etc/UTC", "Etc/GMT", "GMT"}:
            return self.plain("format.zone_utc")
        return self.plain("format.zone", city=self.city(name))

    def city(self, zone: Zone) -> str:
        """The city that a zone is named after."""
        return city_name(_key(zone), self.lang)

    def utc_offset(self, at: datetime, zone: Zone) -> str:
        """ "UTC+02:00" at that aware instant, in Latin letters and digits in every language."""
        offset = _local(at, zone).utcoffset() or timedelta()
        minutes = round(offset.total_seconds() / 60)
        return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def country(self, code: str) -> str:
        """The country's name. Raises KeyError for a code that is not ISO 3166's."""
        return country_name(code, self.lang)

    def duration(self, length: timedelta) -> str:
        """ "2 days and 3 hours": the two largest units, whole; under a minute says so."""
        minutes = int(length.total_seconds()) // 60
        if minutes < 1:
            return self.plain("duration.moment")
        counts = (("days", minutes // 1440), ("hours", minutes // 60 % 24), ("minutes", minutes % 60))
        first = next(i for i, (_, count) in enumerate(counts) if count)
        parts = [self._unit(unit, count) for unit, count in counts[first : first + 2] if count]
        return self._joined(parts, "standard")

    # --- inside ---

    def _found(self, id_: str, text: str) -> str:
        if text == id_:  # gettext gives the id back where it knows no text
            raise KeyError(f"no text {id_!r} in the catalogue of {self.lang!r}")
        return text

    def _laid_out(self, id_: str, **parts: str) -> str:
        """Parts that we wrote ourselves, in this language and its digits, need no isolation."""
        return self._found(id_, self.translations.gettext(id_)).format_map(parts)

    def _value(self, value: Param) -> str:
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return inserted(value, self.lang)
        return self.number(value)

    def _unit(self, unit: str, count: int) -> str:
        match unit:
            case "days":
                return str(self.n("duration.days", count))
            case "hours":
                return str(self.n("duration.hours", count))
            case _:
                return str(self.n("duration.minutes", count))

    def _joined(self, parts: Sequence[str], style: str) -> str:
        if len(parts) < 2:
            return "".join(parts)
        patterns = babel_locale(LOCALES_OF[self.lang]).list_patterns[style]
        if len(parts) == 2:
            return str(patterns["2"].format(*parts))
        joined = patterns["start"].format(parts[0], parts[1])
        for part in parts[2:-1]:
            joined = patterns["middle"].format(joined, part)
        return str(patterns["end"].format(joined, parts[-1]))


@lru_cache(maxsize=256)
def texts_for(
    language: str, country: str | None = None, digits: Digits | None = None, catalogues: Path | None = None
) -> Texts:
    """The texts of a language by a country's habits (ISO code) and, if chosen, the person's own digits.

    `catalogues` is the directory of the languages, the project's own by default. English always has 0-9.
    Raises ValueError for a language that the bot does not speak.
    """
    from bot.texts.catalogues import LANGUAGES, LOCALES, load

    if language not in LANGUAGES:
        raise ValueError(f"no texts in language {language!r}: one of {', '.join(LANGUAGES)}")
    lang: Language = "ar" if language == "ar" else "en"
    chosen: Digits = "latn" if lang == "en" else digits or digits_of(lang, country)
    regional = f"ar_{country}" if lang == "ar" and country in ARAB_COUNTRIES else LOCALES_OF[lang]
    return Texts(
        lang=lang,
        country_code=country,
        digit_kind=chosen,
        translations=load(lang, catalogues or LOCALES),
        dates=babel_locale(regional),
    )


def _local(at: datetime, zone: Zone) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a naive datetime names no instant: give it its zone")
    return at.astimezone(zone_named(zone) if isinstance(zone, str) else zone)


def _key(zone: Zone) -> str:
    return zone if isinstance(zone, str) else str(zone.key)
