from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.content import Content
from bot.dialogue.definition import Form
from bot.guardians.sight import listed
from bot.organisers.export import Table, export_rows, to_csv, to_xlsx
from bot.records import Registration
from bot.texts import texts_for

Make = Callable[..., Registration]


def table_of(content: Content, *registrations: Registration) -> Table:
    return export_rows(content, registrations, texts_for("ar"), texts_for("en"))


def row_of(content: Content, registration: Registration) -> dict[str, str]:
    """The cells of the only row by their English header."""
    table = table_of(content, registration)
    (row,) = table.rows
    return {column["en"]: cell for column, cell in zip(table.columns, row, strict=True)}


def with_form(content: Content, form: Form) -> Content:
    return replace(content, form=form)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def one_cell(*cells: str) -> Table:
    return Table(
        title={"ar": "ورقة", "en": "Sheet"}, columns=({"ar": "عمود", "en": "Column"},), rows=tuple((c,) for c in cells)
    )


# --- the table ---


def test_every_question_that_organisers_may_read_has_a_column_in_both_languages(
    content: Content, registration: Make
) -> None:
    table = table_of(content, registration())

    shorts = [question.short for question in listed(content.form)]
    assert [dict(column) for column in table.columns if column in shorts] == [dict(short) for short in shorts]
    assert all(column["ar"] and column["en"] for column in table.columns)
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_header_says_its_own_language_first(content: Content) -> None:
    table = table_of(content)

    assert table.header("ar")[0] == "رقم التسجيل / Registration number"
    assert table.header("en")[0] == "Registration number / رقم التسجيل"


def test_answers_that_have_words_are_told_in_both_languages(content: Content, registration: Make) -> None:
    row = row_of(content, registration())

    assert row["Kind of participant"] == "هيئة تنظيمية / Regulator"
    assert row["Country on the day"] == "تونس / Tunisia"
    assert row["Country represented"] == "الأردن / Jordan"
    assert row["National experience"] == "لا / No"
    assert row["Accessibility needs"] == "شرح كتابي مصاحب واحتياج آخر / Captions and Something else"
    assert row["Language"] == "العربية / Arabic"
    assert row["Status"] == "مؤكد / Confirmed"


def test_what_a_person_wrote_stands_once_and_as_written(content: Content, registration: Make) -> None:
    row = row_of(content, registration())

    assert row["Given name"] == "نور"
    assert row["Name in the other script"] == "Nour Haddad"
    assert row["E-mail"] == "nour@example.org"
    assert row["Phone"] == "+962 7 9012 3456"


def test_times_stand_in_utc_and_on_the_event_s_clocks(content: Content, registration: Make) -> None:
    row = row_of(content, registration())

    assert row["Registered (UTC)"] == "2020-11-10 09:05"
    assert row["Registered (Cairo time)"] == "2020-11-10 11:05"


def test_not_said_is_apart_from_no_and_from_not_asked(content: Content, registration: Make) -> None:
    row = row_of(content, registration())

    assert row["Title"] == "لم يُذكر / not said"
    assert row["National experience"] == "لا / No"
    assert row["The experience"] == ""


def test_late_and_withdrawn_and_merged_ones_are_there_and_marked(content: Content, registration: Make) -> None:
    gone = datetime(2020, 11, 12, 10, 0, tzinfo=UTC)
    table = table_of(
        content,
        registration(status="late"),
        registration(status="withdrawn", withdrawn_at=gone, note="asked by phone"),
        registration(status="merged", merged_into="COP-0000-0000"),
    )

    status = [row[1] for row in table.rows]
    assert status == [
        "طلب متأخر / Late request",
        "مسحوب / Withdrawn",
        "مضموم إلى تسجيل آخر / Joined with another registration",
    ]
    names = [column["en"] for column in table.columns]
    assert table.rows[1][names.index("Withdrawn")] == "2020-11-12 12:00"
    assert table.rows[1][names.index("Organisers' notes")] == "asked by phone"
    assert table.rows[2][names.index("Joined with")] == "COP-0000-0000"


def test_registrations_stand_in_the_order_given(content: Content, registration: Make) -> None:
    numbers = ["COP-0000-0017", "COP-0000-0000", "COP-0000-5724"]

    assert [row[0] for row in table_of(content, *(registration(number=n) for n in numbers)).rows] == numbers


def test_answers_to_questions_that_are_gone_stand_at_the_end(content: Content, registration: Make) -> None:
    old = registration({"diet": "vegetarian", "bus": True, "days": ["one", "two"], "hat": None})

    table = table_of(content, registration(), old)

    assert [column["en"] for column in table.columns[-4:]] == [
        f"{name} (no longer asked)" for name in ("bus", "days", "diet", "hat")
    ]
    assert table.rows[0][-4:] == ("", "", "", "")
    assert table.rows[1][-4:] == ("نعم / Yes", "one, two", "vegetarian", "لم يُذكر / not said")


def test_an_answer_under_a_question_s_former_name_is_found(content: Content, registration: Make) -> None:
    renamed = Form(
        questions=tuple(
            replace(question, id="honorific", was=("title",)) if question.id == "title" else question
            for question in content.form
        )
    )

    row = row_of(with_form(content, renamed), registration({"title": "Dr"}))

    assert row["Title"] == "Dr"
    assert not any("no longer asked" in name for name in row)


def test_an_answer_that_its_changed_question_would_refuse_is_told_as_stored(
    content: Content, registration: Make
) -> None:
    assert row_of(content, registration({"kind": "circus"}))["Kind of participant"] == "circus"
    assert row_of(content, registration({"country": ["x"]}))["Country on the day"] == "x"


def test_no_cell_holds_a_direction_mark(content: Content, registration: Make) -> None:
    table = table_of(content, registration({"given_name": "\u2068Nour\u2069\u200f"}))

    words = "".join([*table.header("ar"), *(cell for row in table.rows for cell in row)])
    assert not set(words) & set("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")


# --- CSV ---


def test_a_csv_opens_in_excel_as_arabic(content: Content, registration: Make) -> None:
    data = to_csv(table_of(content, registration()))

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    assert data.count(b"\n") == 2
    assert data.endswith(b"\r\n")


def test_a_csv_reads_back_as_the_table(content: Content, registration: Make) -> None:
    table = table_of(content, registration({"organisation": 'A "big", old; one\nof two lines'}))

    header, row = read_csv(to_csv(table))

    assert tuple(header) == table.header("ar")
    assert row == [cell.replace("+962", "'+962") for cell in table.rows[0]]


FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_is_defused_in_csv(typed: str) -> None:
    _, (cell,) = read_csv(to_csv(one_cell(typed)))

    assert cell == "'" + typed.replace("\t=", "\t'=").replace("\r=", "\r'=")


def test_a_formula_after_a_separator_of_other_countries_is_defused() -> None:
    _, (cell,) = read_csv(to_csv(one_cell("a;=1+1\n=2;b")))

    assert cell == "a;'=1+1\n'=2;b"


@pytest.mark.parametrize("typed", ["a=b", "نور-حداد", "nour@example.org", "", "3 - 2", "'quoted"])
def test_harmless_words_are_left_alone_in_csv(typed: str) -> None:
    assert read_csv(to_csv(one_cell(typed)))[1] == [typed]


def test_null_bytes_and_half_characters_do_not_break_a_csv() -> None:
    assert read_csv(to_csv(one_cell("a\0b\ud800c")))[1] == ["ab?c"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5))
def test_any_text_survives_csv_but_for_apostrophes(cells: Sequence[str]) -> None:
    read = [row[0] for row in read_csv(to_csv(one_cell(*cells)))[1:]]

    assert [cell.replace("'", "") for cell in read] == [cell.replace("'", "") for cell in cells]
    assert not any(cell[:1] in set("=+-@\t\r＝＋－＠") for cell in read if cell)


# --- XLSX ---


def test_the_sheet_is_right_to_left_in_arabic_only(content: Content) -> None:
    table = table_of(content)

    arabic, english = opened(to_xlsx(table, "ar")).active, opened(to_xlsx(table, "en")).active

    assert arabic.sheet_view.rightToLeft is True
    assert not english.sheet_view.rightToLeft
    assert (arabic.title, english.title) == ("التسجيلات", "Registrations")
    assert english["A1"].value == "Registration number / رقم التسجيل"


def test_header_and_number_stay_in_view_and_columns_are_wide_enough(content: Content, registration: Make) -> None:
    sheet = opened(to_xlsx(table_of(content, registration()), "en")).active

    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert sheet.auto_filter.ref == sheet.dimensions
    assert 14 <= sheet.column_dimensions["A"].width <= 50


@pytest.mark.parametrize("typed", [*(f for f in FORMULAS if "\r" not in f), "#N/A", "12", "2020-11-10", "TRUE", "007"])
def test_whatever_is_typed_is_text_in_the_workbook(typed: str) -> None:
    data = to_xlsx(one_cell(typed), "ar")

    cell = opened(data).active["A2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == (typed, "s", "@", True)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_characters_that_xml_forbids_are_left_out_of_the_workbook() -> None:
    cell = opened(to_xlsx(one_cell("a\0b\x0bc\ud800d\ufffee\x1f"), "en")).active["A2"]

    assert cell.value == "abcde"


def test_a_cell_longer_than_excel_s_is_cut() -> None:
    assert len(opened(to_xlsx(one_cell("ن" * 40_000), "en")).active["A2"].value) == 32_767


def test_a_sheet_s_name_is_one_that_excel_takes() -> None:
    table = replace(one_cell("x"), title={"ar": "x", "en": "Registrations [2020/11]: all of them?"})

    assert opened(to_xlsx(table, "en")).sheetnames == ["Registrations  2020 11   all of"]


@settings(max_examples=25)
@given(st.text(max_size=50))
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    assert opened(to_xlsx(one_cell(text, "last"), "ar")).active["A3"].value == "last"
