"""All registrations as a table with headers in both languages, and that table as CSV and as XLSX.

A cell is text and nothing else: no formula, whatever a person typed. Answers to questions that the form no
longer has stand at the end, so that an export after a change of the form loses none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.content import Content
from bot.dialogue.definition import Bilingual, Question
from bot.dialogue.kinds import KINDS, AnswerContext
from bot.guardians.sight import listed, seen_answers
from bot.records import Registration
from bot.texts import Texts, zone_named

SEPARATOR = " / "
_WIDEST_COLUMN = 48  # characters
_LONGEST_CELL = 32_767  # Excel's
# What a spreadsheet takes for a formula: at the start, after a line end, or after what it takes for a new cell.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header per column and rows of plain text, each row as long as `columns`. `title` names the sheet."""

    title: Bilingual
    columns: tuple[Bilingual, ...]
    rows: tuple[tuple[str, ...], ...]

    def header(self, language: str) -> tuple[str, ...]:
        """Both languages of each column, that one first."""
        other = "en" if language == "ar" else "ar"
        return tuple(_joined(column[language], column[other]) for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Both:
    """The bot's words in both languages."""

    ar: Texts
    en: Texts

    @property
    def each(self) -> tuple[Texts, Texts]:
        return self.ar, self.en

    def plain(self, id_: str, **params: str) -> Bilingual:
        return {t.lang: t.plain(id_, **params) for t in self.each}

    def cell(self, text: Bilingual) -> str:
        return _joined(text["ar"], text["en"])


def export_rows(content: Content, registrations: Iterable[Registration], texts_ar: Texts, texts_en: Texts) -> Table:
    """The registrations in the order given, late, withdrawn and merged ones too, marked by their status.

    Times are written as 2020-11-10 09:05, in UTC and on the clocks of the event. A cell is empty for a question
    that was not asked and says "not said" for one that was skipped.
    """
    both = _Both(ar=texts_ar, en=texts_en)
    known = list(registrations)
    questions = listed(content.form)
    former = _former_questions(list(content.form), known)
    zone = content.event.zone
    at_the_event: Bilingual = {t.lang: t.plain("export.registered", zone=t.zone(zone)) for t in both.each}
    columns: tuple[Bilingual, ...] = (
        both.plain("export.number"),
        both.plain("export.status"),
        both.plain("export.registered", zone="UTC"),
        at_the_event,
        both.plain("export.language"),
        *(question.short for question in questions),
        both.plain("export.withdrawn"),
        both.plain("export.merged_into"),
        both.plain("export.note"),
        *(both.plain("export.former_question", question=name) for name in former),
    )
    rows = []
    for registration in known:
        answers = seen_answers(registration)
        said = (_answer(question, answers, both) for question in questions)
        formerly = (_plain_answer(answers[name], both) if name in answers else "" for name in former)
        rows.append((*_fixed_cells(registration, content, both), *said, *_last_cells(registration, content), *formerly))
    return Table(
        title=both.plain("export.sheet"),
        columns=tuple({language: _unmarked(text) for language, text in column.items()} for column in columns),
        rows=tuple(tuple(_unmarked(cell) for cell in row) for row in rows),
    )


def to_csv(table: Table) -> bytes:
    """UTF-8 with byte order mark (Excel needs it for Arabic), CRLF, every cell quoted, formulas defused.

    A defused cell begins with an apostrophe: +962 7... is kept readable as '+962 7...
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (table.header("ar"), *table.rows):
        writer.writerow([_FORMULA.sub(r"\1'", cell.replace("\0", "")) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def to_xlsx(table: Table, language: str) -> bytes:
    """A workbook of one sheet, right to left in Arabic, its header row and number column kept in view."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", table.title[language])[:31]
    sheet.sheet_view.rightToLeft = language == "ar"
    header = table.header(language)
    for number, row in enumerate((header, *table.rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.value = _NOT_IN_XML.sub("", text)[:_LONGEST_CELL]
            cell.data_type = "s"  # openpyxl makes a formula of "=..." and an error of "#N/A"
            cell.number_format = "@"
            cell.quotePrefix = True  # and it stays text when somebody edits the cell
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_widths(header, table.rows), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fixed_cells(registration: Registration, content: Content, both: _Both) -> Iterator[str]:
    yield registration.number
    yield both.cell(both.plain(f"organisers.status_{registration.status}"))
    yield _written(registration.created_at, "UTC")
    yield _written(registration.created_at, content.event.zone)
    yield both.cell(both.plain(f"export.language_{registration.language}"))


def _last_cells(registration: Registration, content: Content) -> Iterator[str]:
    gone = registration.withdrawn_at
    yield _written(gone, content.event.zone) if gone is not None else ""
    yield registration.merged_into or ""
    yield registration.note


def _answer(question: Question, answers: Mapping[str, Any], both: _Both) -> str:
    """The answer in both languages, once where they are the same (a name, an address)."""
    name = next((id_ for id_ in (question.id, *question.was) if id_ in answers), None)
    if name is None:
        return ""
    value = answers[name]
    if value is None:
        return both.cell(both.plain("form.not_said"))
    kind = KINDS[question.kind]
    if not kind.still_valid(question, value):
        return _plain_answer(value, both)
    return _joined(*(kind.render(question, value, AnswerContext(texts=t, answers=answers)) for t in both.each))


def _plain_answer(value: Any, both: _Both) -> str:
    """An answer whose question is no longer known, or has changed its kind: as it is stored, yes and no apart."""
    if value is None:
        return both.cell(both.plain("form.not_said"))
    if isinstance(value, bool):
        return both.cell(both.plain("kind.yes" if value else "kind.no"))
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def _former_questions(questions: Sequence[Question], registrations: Sequence[Registration]) -> list[str]:
    now = {id_ for question in questions for id_ in (question.id, *question.was)}
    return sorted({id_ for registration in registrations for id_ in seen_answers(registration)} - now)


def _joined(first: str, second: str) -> str:
    return first if first == second else f"{first}{SEPARATOR}{second}"


def _written(at: datetime, zone: str) -> str:
    return f"{at.astimezone(zone_named(zone)):%Y-%m-%d %H:%M}"


def _unmarked(text: str) -> str:
    """Without the marks that keep directions apart in a chat; a cell has a direction of its own."""
    return _DIRECTION_MARKS.sub("", text)


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[int]:
    for column, title in enumerate(header):
        cells = (max(map(len, row[column].split("\n"))) for row in rows)
        yield min(_WIDEST_COLUMN, 2 + max(len(title) // 2, *cells, 8))
