"""The office route: a guardian without Telegram told the office, and an organiser records it.

    code -> the guardian's name -> how it was given -> on which day -> the young person is asked who it was

The steps are kept in the organiser's own person row, as all that an organiser is in the middle of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot import buttons
from bot.dialogue.definition import Question
from bot.dialogue.kinds import KINDS, Accepted, AnswerContext, Problem, Typed
from bot.guardians.bands import YOUNG
from bot.guardians.life import agreed
from bot.guardians.link import code_in
from bot.organisers import minors
from bot.organisers.acts import wrote_down
from bot.records import Guardianship
from bot.registration import consents, screens, young_waiting
from bot.registration.visit import Visit
from bot.screen import Button, Screen
from bot.texts import ascii_digits, one_line, zone_named

CODE, NAME, HOW, DAY = "consent_code", "consent_name", "consent_how", "consent_day"  # what is asked
WAYS = ("email", "letter", "phone", "person")
ACTIONS = frozenset({buttons.ORG_CONSENT, buttons.ORG_CONSENT_HOW, buttons.ORG_CONSENT_END, buttons.ORG_BAND})
OLDEST = timedelta(days=366)
_NAME = Question(id="guardian_name", kind="person_name", text={}, short={})
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def is_asked(expecting: dict[str, Any]) -> bool:
    """Whether what an organiser types belongs here."""
    return expecting.get("do") in (CODE, NAME, HOW, DAY)


def tap(visit: Visit, pressed: buttons.Pressed) -> None:
    """A button of this route."""
    code, what = (*pressed.arguments, "", "")[:2]
    if pressed.action == buttons.ORG_CONSENT:
        _ask(visit, {"do": CODE}, "organisers.consent_code")
        return
    row = _row(visit, code)
    if row is None:
        _ask(visit, {"do": CODE}, "organisers.consent_gone")
        return
    match pressed.action:
        case buttons.ORG_CONSENT_HOW if what in WAYS and row.status == "waiting":
            known = visit.situation.person.expecting if visit.situation.person else None
            name = (known or {}).get("name")
            if (known or {}).get("code") != code or not isinstance(name, str):
                _show(visit, row)
                return
            expecting = {"do": DAY, "code": code, "name": name, "how": what}
            _ask(visit, expecting, "organisers.consent_day", today=f"{_today(visit):%Y-%m-%d}")
        case buttons.ORG_CONSENT_END:
            wrote_down(visit, "ended consent", code)
            visit.messages += consents.end(
                visit.service,
                visit.tx,
                row.young_chat_id,
                visit.now,
                to_young="consent.guardian_withdrew",
                to_guardian="consent.office_ended_guardian",
            )
            visit.show(screens.message(visit.frame, "organisers.consent_ended", _home(visit), code=code))
        case buttons.ORG_BAND if row.status != "confirmed" and what != YOUNG and _is_band(visit, what):
            wrote_down(visit, "corrected age_band", code)
            visit.messages += minors.change_band(visit.service, visit.tx, row.young_chat_id, what, visit.now)
            visit.show(screens.message(visit.frame, "organisers.band_changed", _home(visit), code=code))
        case _:
            _show(visit, row)


def typed(visit: Visit, expecting: dict[str, Any], text: str) -> None:
    """What an organiser typed at a step of this route."""
    if expecting.get("do") == CODE:
        row = _row(visit, code_in(text) or "")
        if row is None:
            _ask(visit, {"do": CODE}, "organisers.consent_gone")
        else:
            _show(visit, row)
        return
    row = _row(visit, str(expecting.get("code", "")))
    if row is None or row.status != "waiting":
        _ask(visit, {"do": CODE}, "organisers.consent_gone")
    elif expecting.get("do") == NAME:
        _named(visit, row, text)
    elif expecting.get("do") == DAY and (day := _day_in(text, _today(visit))) is not None:
        _record(visit, row, expecting, day)
    elif expecting.get("do") == DAY:
        _ask(visit, expecting, "organisers.consent_day_wrong", today=f"{_today(visit):%Y-%m-%d}")
    else:
        _show(visit, row)


def _named(visit: Visit, row: Guardianship, text: str) -> None:
    t = visit.frame.texts
    match KINDS["person_name"].parse(_NAME, Typed(text=text), AnswerContext(texts=t, answers={})):
        case Accepted(value=str(name)):
            visit.person = replace(visit.person, expecting={"do": HOW, "code": row.code, "name": name})
            rows = tuple(
                (
                    Button(
                        label=t.plain(f"organisers.way_{way}"),
                        data=buttons.data(buttons.ORG_CONSENT_HOW, row.code, way),
                    ),
                )
                for way in WAYS
            )
            shown = Screen(template="organisers.consent_how", text=t.t("organisers.consent_how"), rows=rows)
            visit.show(replace(shown, rows=(*rows, _home(visit))))
        case Problem(code=code, params=params):
            visit.person = replace(visit.person, expecting={"do": NAME, "code": row.code})
            visit.show(screens.message(visit.frame, f"problem.{code}", _home(visit), **dict(params)))
        case _:
            _show(visit, row)


def _record(visit: Visit, row: Guardianship, expecting: dict[str, Any], day: date) -> None:
    noon = datetime.combine(day, time(12), tzinfo=zone_named(visit.service.content.event.zone))
    row = agreed(
        row,
        name=str(expecting.get("name", "")),
        how=f"{expecting.get('how', '')} {day:%Y-%m-%d}",
        at=noon.astimezone(visit.now.tzinfo),
        chat_id=None,
    )
    wrote_down(visit, "recorded consent", row.code)
    visit.tx.guardianships.save(row)
    visit.messages += young_waiting.show_who(visit.service, visit.tx, row)
    visit.show(screens.message(visit.frame, "organisers.consent_recorded", _home(visit), code=row.code))


def _show(visit: Visit, row: Guardianship) -> None:
    """How far the consent is, and what can be done: no name and no answer of the young person."""
    t = visit.frame.texts
    wrote_down(visit, "looked at consent", row.code)
    rows: list[tuple[Button, ...]] = []
    if row.status == "waiting":
        visit.person = replace(visit.person, expecting={"do": NAME, "code": row.code})
        text = t.t("organisers.consent_waiting", code=row.code, until=visit.frame.when(row.expires_at))
        rows += minors.band_buttons(visit, row.code, YOUNG)
    else:
        text = t.t(f"organisers.consent_{row.status}", code=row.code)
        label = t.plain("organisers.button_consent_end")
        rows.append((Button(label=label, data=buttons.data(buttons.ORG_CONSENT_END, row.code)),))
    visit.show(Screen(template="organisers.consent", text=text, rows=(*rows, _home(visit))))


def _ask(visit: Visit, expecting: dict[str, Any], text: str, **params: str) -> None:
    visit.person = replace(visit.person, expecting=expecting)
    visit.show(screens.message(visit.frame, text, _home(visit), **params))


def _row(visit: Visit, code: str) -> Guardianship | None:
    row = visit.tx.guardianships.by_code(visit.service.content.event.id, code)
    return row if row is not None and (row.status != "waiting" or row.expires_at > visit.now) else None


def _is_band(visit: Visit, band: str) -> bool:
    question = visit.frame.form.get("age_band")
    return question is not None and question.choice(band) is not None


def _today(visit: Visit) -> date:
    return visit.now.astimezone(zone_named(visit.service.content.event.zone)).date()


def _day_in(text: str, today: date) -> date | None:
    """A day such as 2020-11-12 or 12/11/2020, digits of any script; none in the future, none long ago."""
    found = _DAY.fullmatch(ascii_digits(one_line(text)))
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        said = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return said if today - OLDEST <= said <= today else None


def _home(visit: Visit) -> tuple[Button, ...]:
    label = visit.frame.texts.plain("organisers.button_home")
    return (Button(label=label, data=buttons.data(buttons.ORG_HOME)),)
