"""Each fault that `check` promises to find: one change to the content that ships, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import Fault, Loaded, load

EVENT, FORM = "event.toml", "registration.toml"
NOTED = '\nwhen = [{{ question = "kind", {0}'  # a condition, not the note at the top of the file
LAST = 'id = "reminders"\n'
SECTION = '[[question]]\nid = "{0}"\nkind = "{2}"\nretention_days = 30\nshort.ar = "كلمة"\nshort.en = "Word"\n'
SECTION += 'text.ar = "ما الكلمة؟"\ntext.en = "Which word?"\n{1}\n\n[[question]]\n'


def extra(question_id: str, more: str, before: str = LAST, kind: str = "short_text") -> tuple[str, str, str]:
    """One more question before that one."""
    return FORM, f"[[question]]\n{before}", SECTION.format(question_id, more, kind) + before


def many_choices(count: int) -> str:
    return "".join(
        f'[[question.choice]]\nid = "more{n}"\nar = "خيار رقم {n}"\nen = "Choice number {n}"\n\n' for n in range(count)
    )


ADULTS = 'when = [{ question = "age_band", is = ["adult"] }]\n'
PHONE = '"phone"\nkind = "phone"\nrequired = false\ndepends_on = "country"\n'
LONG = "كلمة " * 800

ONE_FAULT = {
    "an unknown kind": (
        [(FORM, 'kind = "country"', 'kind = "contry"')],
        'registration.toml: question "country", kind: unknown kind "contry"; did you mean "country"?',
    ),
    "an unknown key of a question": (
        [
            (
                FORM,
                'id = "title"\nkind = "short_text"\nrequired = false',
                'id = "title"\nkind = "short_text"\nrequird = false',
            )
        ],
        'question "title", requird: unknown key "requird"; did you mean "required"?',
    ),
    "an unknown key of a choice": (
        [(FORM, 'id = "me"\n', 'id = "me"\nicon = "x"\n')],
        'question "for_whom", choice "me", icon: unknown key "icon"',
    ),
    "an unknown key at the top": (
        [(EVENT, "number_prefix", "nmber = 1\nnumber_prefix")],
        'nmber: unknown key "nmber"',
    ),
    "an unknown table": ([(EVENT, "[times]", "[venue]\nhall = 1\n[times]")], 'unknown key "venue"'),
    "a missing language": (
        [(FORM, 'short.ar = "الفئة العمرية"\n', "")],
        'question "age_band", short.ar: the Arabic is missing; add short.ar = "..."',
    ),
    "a missing language of a choice": (
        [(FORM, 'en = "Regulator"\n', "")],
        'question "kind", choice "regulator", en: the English is missing',
    ),
    "an unknown language": (
        [(FORM, 'short.ar = "الفئة العمرية"\n', 'short.ar = "الفئة العمرية"\nshort.fr = "Âge"\n')],
        'question "age_band", short.fr: unknown language "fr"',
    ),
    "a missing text": (
        [(FORM, 'text.ar = "ما الاسم الأول؟"\ntext.en = "What is your given name?"\n', "")],
        'question "given_name", text: is missing',
    ),
    "a text in no language": (
        [(FORM, 'short.ar = "اللقب"\nshort.en = "Title"\n', 'short = "Title"\n')],
        'question "title", short: is in no language',
    ),
    "an empty text": (
        [(FORM, 'text.en = "What is your given name?"', 'text.en = "  "')],
        'question "given_name", text.en: is empty',
    ),
    "a question twice": (
        [extra("organisation", "")],
        'question "organisation", id: the id "organisation" is there twice',
    ),
    "a choice twice": (
        [(FORM, 'id = "regulator"', 'id = "administration"')],
        'question "kind", choice "administration", id: the id "administration" is there twice',
    ),
    "two choices of the same words": (
        [(FORM, 'en = "Regulator"', 'en = "Other"')],
        'choice "regulator", en: two choices say "Other"',
    ),
    "a condition on an unknown question": (
        [(FORM, 'question = "presents", is', 'question = "present", is')],
        'question "experience", when: unknown question "present"; did you mean "presents"?',
    ),
    "a condition on an unknown choice": (
        [(FORM, NOTED.format('is = ["administration"'), NOTED.format('is = ["administrations"'))],
        'question "represents", when: "kind" has no choice "administrations"; did you mean "administration"?',
    ),
    "an unknown choice in is_not": (
        [(FORM, NOTED.format('is_not = ["family"'), NOTED.format('is_not = ["familiy"'))],
        'question "organisation", when: "kind" has no choice "familiy"; did you mean "family"?',
    ),
    "is_not of a question without choices": (
        [extra("extra", 'when = [{ question = "given_name", is_not = ["x"] }]')],
        "is_not needs a question with choices",
    ),
    "a condition with is and is_not": (
        [(FORM, NOTED.format("is_not"), NOTED.format('is = ["other"], is_not'))],
        "needs one of is and is_not",
    ),
    "a condition with an unknown key": (
        [(FORM, NOTED.format("is_not"), NOTED.format("isnt"))],
        'unknown key "isnt"; did you mean "is_not"?',
    ),
    "a condition of no question": (
        [(FORM, '{ question = "presents", is = ["yes"] }', '{ is = ["yes"] }')],
        "which question",
    ),
    "a condition of no answer": (
        [(FORM, 'question = "presents", is = ["yes"]', 'question = "presents", is = []')],
        "names no answer",
    ),
    "a condition that is no table": (
        [(FORM, '[{ question = "presents", is = ["yes"] }]', '"presents"')],
        "is not a condition",
    ),
    "a yes or no answered by something else": (
        [(FORM, 'question = "presents", is = ["yes"]', 'question = "presents", is = ["maybe"]')],
        '"presents" is answered by yes or no, not "maybe"; write is = ["yes"]',
    ),
    "a condition on a later question": (
        [extra("extra", 'when = [{ question = "reminders", is = ["yes"] }]')],
        'question "extra", when: asks about "reminders", which comes later; move "reminders" before "extra"',
    ),
    "a dependence on a later question": (
        [extra("extra", 'depends_on = "reminders"')],
        'question "extra", depends_on: asks about "reminders", which comes later',
    ),
    "a dependence on an unknown question": (
        [(FORM, 'required = false\ndepends_on = "country"', 'required = false\ndepends_on = "contry"')],
        'question "phone", depends_on: unknown question "contry"; did you mean "country"?',
    ),
    "a condition on an answer that ends the form": (
        [extra("extra", 'when = [{ question = "age_band", is = ["child"] }]')],
        'question "extra", when: is never asked: no answer to "age_band" meets all its conditions',
    ),
    "conditions that exclude each other": (
        [extra("extra", 'when = [{ question = "kind", is = ["ngo"] }, { question = "kind", is_not = ["ngo"] }]')],
        'is never asked: no answer to "kind" meets all its conditions',
    ),
    "conditions that exclude each other two questions apart": (
        [
            extra("first", 'when = [{ question = "kind", is = ["family"] }]'),
            extra("second", 'when = [{ question = "first", is = ["x"] }]'),
            extra("third", 'when = [{ question = "second", is = ["x"] }, { question = "kind", is_not = ["family"] }]'),
        ],
        'question "third", when: is never asked: no answer to "kind"',
    ),
    "a loop of one": (
        [extra("extra", 'when = [{ question = "extra", is = ["x"] }]')],
        'question "extra", when: a loop: extra -> extra; take one of these conditions out',
    ),
    "a loop of two": (
        [
            extra("first", 'when = [{ question = "second", is = ["x"] }]'),
            extra("second", 'when = [{ question = "first", is = ["x"] }]'),
        ],
        'question "first", when: a loop: first -> second -> first',
    ),
    "a text too long for Telegram": (
        [(FORM, 'text.ar = "ما الاسم الأول؟"', f'text.ar = "{LONG}"')],
        'question "given_name", text.ar: is too long: 3999 of 3496 characters; shorten it by 503',
    ),
    "a text too long with what stands around it": (
        [
            (FORM, 'text.ar = "ما الاسم الأول؟"', f'text.ar = "{LONG[:2000].strip()}"'),
            (
                FORM,
                'why.ar = "ليُكتب في قائمة المشاركين."\nwhy.en = "For the list of participants."\nexample.ar = "نور"',
                f'why.ar = "{LONG[:2000].strip()}"\nwhy.en = "For the list of participants."\nexample.ar = "نور"',
            ),
        ],
        "with why and example it is 4001 of 3496 characters",
    ),
    "an unknown placeholder": (
        [
            (FORM, "تسجيل من هم دون", "{closes} تسجيل من هم دون"),
            (FORM, "If you are under 13", "{closes} If you are under 13"),
        ],
        'choice "child", stops.ar: unknown placeholder {closes}; did you mean "closing"?',
    ),
    "a placeholder of one language only": (
        [(FORM, "If you are under 13", "{closing} If you are under 13")],
        'choice "child", stops.ar: {closing} is in the English and not in the Arabic; put it in both',
    ),
    "a placeholder of the Arabic only": (
        [(FORM, "تسجيل من هم دون", "{closing} تسجيل من هم دون")],
        'choice "child", stops.ar: {closing} is in the Arabic and not in the English; put it in both',
    ),
    "a placeholder that the notice needs": (
        [(FORM, "في موعد أقصاه {retention}", "قريبًا"), (FORM, "at the latest {retention} after", "soon after")],
        'question "consent", text.ar: lacks the placeholder {retention}',
    ),
    "a placeholder where none is filled": (
        [
            (FORM, 'en = "Regulator"', 'en = "Regulator {closing}"'),
            (FORM, 'ar = "هيئة تنظيمية"', 'ar = "هيئة {closing}"'),
        ],
        "placeholder {closing} where none is filled in",
    ),
    "a single brace": ([(FORM, "What is your given name?", "What is your {given name?")], "has a single { or }"),
    "a button too long": (
        [(FORM, 'en = "Regulator"', f'en = "{"R" * 65}"')],
        'choice "regulator", en: is too long: 65 of 64 characters; shorten it by 1',
    ),
    "a question's name too long for its buttons": (
        [(FORM, LAST, f'id = "{"r" * 21}"\n')],
        "use 1 to 20 of a-z, 0-9 and _: the name goes into buttons of at most 64 bytes",
    ),
    "a choice's name in Arabic": (
        [(FORM, 'id = "captions"', 'id = "شرح"')],
        'choice "شرح", id: "شرح" can\'t be used as a name',
    ),
    "more buttons than Telegram shows": (
        [(FORM, '[[question.choice]]\nid = "captions"', many_choices(87) + '[[question.choice]]\nid = "captions"')],
        'question "accessibility", choice: 91 choices make more buttons than Telegram shows; keep 90',
    ),
    "a tag that Telegram refuses": (
        [(FORM, "What is your given name?", "What is your<br>given name?")],
        'question "given_name", text.en: Telegram refuses <br>; start a new line instead',
    ),
    "an unknown tag": ([(FORM, "<b>Before the", "<bold>Before the")], "Telegram refuses <bold>"),
    "a tag left open": (
        [(FORM, "personal questions</b>\n\n<b>Responsible", "personal questions\n\n<b>Responsible")],
        "<b> is never closed; add </b>",
    ),
    "a tag closed too early": (
        [(FORM, "<b>Before the personal questions</b>", "<b><i>Before</b> the personal</i> questions")],
        "</b> comes before </i>",
    ),
    "a tag that closes nothing": (
        [(FORM, "What is your given name?", "What is your given name?</i>")],
        "</i> closes nothing",
    ),
    "a link without an address": (
        [(FORM, "What is your given name?", "<a>What is your given name?</a>")],
        "a link without an address",
    ),
    "a lone angle bracket": (
        [(FORM, "What is your given name?", "Name < 10 letters?")],
        "a lone <, which Telegram refuses; write &lt;",
    ),
    "an entity that Telegram does not know": (
        [(FORM, "What is your given name?", "Your&nbsp;name?")],
        "&nbsp; is shown as it stands",
    ),
    "a tag on a button": (
        [(FORM, 'en = "Regulator"', 'en = "<b>Regulator</b>"')],
        "has < or > in a text that is shown as it is; take tags out",
    ),
    "a control character": (
        [(FORM, "What is your given name?", "What is your \\u202Egiven name?")],
        "invisible control character",
    ),
    "a missing age band": (
        [(FORM, 'id = "age_band"', 'id = "age_group"')],
        'there is no question "age_band": nothing personal may be asked before it; give "age_group" that id',
    ),
    "consent after a personal question": (
        [
            (FORM, '[[question]]\nid = "consent"', SECTION.format("name", "", "short_text") + 'id = "consent"'),
        ],
        'question "consent": must be question number 2: it carries the notice',
    ),
    "a required question that may be skipped": (
        [(FORM, 'id = "email"\nkind = "email"\n', 'id = "email"\nkind = "email"\nrequired = false\n')],
        'question "email": must be asked of every adult',
    ),
    "a required question of another kind": (
        [(FORM, 'kind = "email"', 'kind = "short_text"')],
        'is of kind "short_text": the organisers reach people by it, and find double registrations; make it',
    ),
    "a third consent": (
        [(FORM, 'id = "title"\nkind = "short_text"', 'id = "title"\nkind = "consent"')],
        'a third question of kind "consent"; keep "consent" and "assent"',
    ),
    "a second guardian": (
        [(FORM, 'id = "title"\nkind = "short_text"\nrequired = false', 'id = "title"\nkind = "guardian"')],
        'a second question of kind "guardian"; keep one, with id = "guardian"',
    ),
    "a guardian's consent that may be skipped": (
        [(FORM, 'kind = "guardian"\n', 'kind = "guardian"\nrequired = false\n')],
        'question "guardian": must be asked of every young person: nothing may be asked of a young person before',
    ),
    "young people asked for a phone number": (
        [(FORM, PHONE + ADULTS, PHONE)],
        'question "phone": of kind "phone" would be asked of young people; write when = [{ question = "age_band", is',
    ),
    "young people's free words that may hold an address": (
        [(FORM, "options = { limit = 500, private = true }", "options = { limit = 500 }")],
        'question "young_question": of kind "long_text" would be asked of young people',
    ),
    "a name that another question had": (
        [(FORM, 'id = "title"\n', 'id = "title"\nwas = ["phone"]\n')],
        'question "title", was: was "phone", and so is or was "phone"; an old answer can go to one',
    ),
    "a name that two questions had": (
        [(FORM, 'id = "title"\n', 'id = "title"\nwas = ["old"]\n'), (FORM, LAST, LAST + 'was = ["old"]\n')],
        'question "reminders", was: was "old", and so is or was "title"',
    ),
    "a missing retention": (
        [
            (
                FORM,
                f'id = "title"\nkind = "short_text"\nrequired = false\n{ADULTS}retention_days = 30\n',
                f'id = "title"\nkind = "short_text"\nrequired = false\n{ADULTS}',
            )
        ],
        'question "title", retention_days: is missing; add how many days after the event the answer is kept',
    ),
    "a negative retention": ([(FORM, "retention_days = 7", "retention_days = -7")], "is negative: -7"),
    "a retention longer than the registration's": (
        [(FORM, "retention_days = 7", "retention_days = 31")],
        "is longer than the registration itself is kept (30 days, event.toml); write at most 30",
    ),
    "a retention that is no number": (
        [(FORM, "retention_days = 7", 'retention_days = "7"')],
        "is not a whole number: '7'",
    ),
    "a retention of true": ([(FORM, "retention_days = 7", "retention_days = true")], "is not a whole number: True"),
    "an unknown reader": (
        [(FORM, 'visible_to = ["organisers"]', 'visible_to = ["organizers"]')],
        'question "age_band", visible_to: nobody is called "organizers"; did you mean "organisers"?',
    ),
    "readers not in a list": (
        [(FORM, 'visible_to = ["organisers"]', 'visible_to = "organisers"')],
        "is not a list in [ ]",
    ),
    "a reader that is no text": (
        [(FORM, 'visible_to = ["organisers"]', "visible_to = [1]")],
        "has something that is not text",
    ),
    "options that are no table": (
        [(FORM, LAST, LAST + "options = 3\n")],
        'question "reminders", options: is not a table',
    ),
    "choices that are no tables": (
        [(FORM, LAST, LAST + "choice = [1]\n")],
        "begin each with a line [[question.choice]]",
    ),
    "a kind without the choices it needs": (
        [
            (
                FORM,
                f"[[question]]\n{LAST}",
                SECTION.format("extra", "", "short_text").replace("short_text", "choice") + LAST,
            ),
        ],
        'registration.toml: question "extra": ',
    ),
    "a Latin comma": (
        [(FORM, "شرح كتابي مصاحب", "شرح, كتابي")],
        'choice "captions", ar: "," after an Arabic word; use «،»',
    ),
    "a Latin question mark": ([(FORM, "ما الاسم الأول؟", "ما الاسم الأول?")], '"?" after an Arabic word; use «؟»'),
    "a Latin semicolon": ([(FORM, "ما الاسم الأول؟", "ما الاسم; الأول؟")], '";" after an Arabic word; use «؛»'),
    "straight quotes": (
        [(FORM, 'text.ar = "ما الاسم الأول؟"', "text.ar = 'ما \"الاسم\" الأول؟'")],
        "straight quotes around Arabic words; use «»",
    ),
    "a space before a mark": ([(FORM, "ما الاسم الأول؟", "ما الاسم الأول ؟")], "a space before a punctuation mark"),
    "no space after a mark": ([(FORM, "ما الاسم الأول؟", "ما الاسم،الأول؟")], "no space after a punctuation mark"),
    "a stretched word": ([(FORM, "ما الاسم الأول؟", "ما الاســم الأول؟")], "a stretched letter"),
    "English in the Arabic": ([(FORM, "ما الاسم الأول؟", "What is your given name?")], "has no Arabic letter"),
    "no version of the notice": (
        [(FORM, 'version = "2"', 'version = ""')],
        "registration.toml: notice, version: is empty",
    ),
    "no notice": (
        [(FORM, '[notice]\nversion = "2"', "")],
        "registration.toml: notice: is missing; add the table [notice]",
    ),
    "closing after the start": (
        [(EVENT, "2020-11-22T23:59:59", "2020-11-23T11:00:01")],
        "event.toml: times, registration_closes: registration closes after the start; put it before",
    ),
    "a grace that runs past the start": (
        [(EVENT, "grace_minutes = 120", "grace_minutes = 720")],
        "the grace after the closing runs past the start",
    ),
    "an end before the start": (
        [(EVENT, "ends = 2020-11-23T13", "ends = 2020-11-23T10")],
        "times, ends: the event ends before it starts",
    ),
    "an unknown zone": (
        [(EVENT, '"Africa/Cairo"', '"Africa/Kairo"')],
        'event.toml: times, zone: unknown zone "Africa/Kairo"; did you mean "Africa/Cairo"?',
    ),
    "a zone that is nowhere near": (
        [(EVENT, '"Africa/Cairo"', '"?"')],
        'unknown zone "?"; write one as "Africa/Cairo"',
    ),
    "a wall time that clocks skip": (
        [
            (EVENT, "\nstarts = 2020-11-23T11:00:00", "\nstarts = 2024-04-26T00:30:00"),
            (EVENT, "2020-11-23T13:00:00", "2024-04-26T13:00:00"),
        ],
        "event.toml: times, starts: 00:30 on 2024-04-26 does not exist in Africa/Cairo: clocks go forward over it; the "
        "clock shows 01:30 then",
    ),
    "a wall time with an offset": (
        [(EVENT, "starts = 2020-11-23T11:00:00", "starts = 2020-11-23T11:00:00Z")],
        "times, starts: is not a wall time",
    ),
    "no start": ([(EVENT, "starts = 2020-11-23T11:00:00\n", "")], "times, starts: is missing"),
    "no zone": ([(EVENT, 'zone = "Africa/Cairo"', "")], "times, zone: is missing"),
    "a negative grace": (
        [(EVENT, "grace_minutes = 120", "grace_minutes = -1")],
        "registration, grace_minutes: is negative: -1",
    ),
    "no retention of the event": (
        [(EVENT, "retention_days = 30   #", "#")],
        "registration, retention_days: is missing; add how many days after the event registrations are kept",
    ),
    "a retention out of reach": (
        [(EVENT, "retention_days = 30 ", "retention_days = 99999 ")],
        "is out of reach: 99999",
    ),
    "no times": ([(EVENT, "[times]", "[tims]")], "event.toml: times: is missing; add the table [times]"),
    "no bot": ([(EVENT, "[bot]", "[bott]")], "event.toml: bot: is missing; add the table [bot]"),
    "a name of the bot in one language": (
        [(EVENT, 'name.en = "COP Regional Dialogue Registration"', "")],
        "bot, name.en: the English is missing",
    ),
    "a name of the bot over its limit": (
        [(EVENT, '"COP Regional Dialogue Registration"', '"{event_title}"')],
        "bot, name.en: is too long: 111 of 64 characters with the titles in place",
    ),
    "a homepage without https": ([(EVENT, '"https://www', '"www')], "homepage_url: is no address"),
    "a contact without an address": (
        [(EVENT, '"Rouda.alamirali@itu.int"', '"Rouda"')],
        "contact, email: is no e-mail address",
    ),
    "a prefix in small letters": (
        [(EVENT, '"COP" ', '"cop" ')],
        'number_prefix: "cop" can\'t be used; use 2 to 5 letters',
    ),
    "a title that is a number": (
        [(EVENT, 'title_short.en = "Regional Dialogue on the COP Guidelines"', "title_short.en = 5")],
        "is not text; write it in quotes",
    ),
    "an assumption twice": (
        [(EVENT, 'key = "grace"', 'key = "closing_hour"')],
        'the key "closing_hour" is there twice',
    ),
    "an assumption without a place": (
        [(EVENT, 'where = "event.toml: bot, share"', "")],
        'assumption "bot_texts", where: is missing',
    ),
    "an addressee without English": (
        [(EVENT, 'en = "Arab Regulators"', "")],
        "addressee number 2, en: the English is missing",
    ),
}


@pytest.mark.parametrize(("changes", "said"), ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_a_fault_is_found_with_its_place_and_its_cure(
    load_changed: Callable[..., Loaded], directory: Path, changes: list[tuple[str, str, str]], said: str
) -> None:
    loaded = load_changed(*changes)

    assert loaded.content is None
    found = {re.sub(r" \(line \d+\)", "", str(fault)): fault for fault in loaded.faults}
    told = [fault for line, fault in found.items() if said in line]
    assert told, "\n".join(found)
    for fault in told:
        assert fault.message
        assert fault.cure
        assert fault.line is None or stands_at(directory / fault.file, fault)


def stands_at(path: Path, fault: Fault) -> bool:
    """Whether the line named sets the key named, or begins the table that lacks it."""
    line = path.read_text(encoding="utf-8").split("\n")[(fault.line or 0) - 1].strip()
    key = fault.place.rpartition(", ")[2].split(".")[0]
    return line.startswith(key) or re.match(r"\[", line) is not None


def line_of(path: Path, start: str) -> int:
    """The number of the only line that begins so."""
    lines = path.read_text(encoding="utf-8").split("\n")
    numbers = [number for number, line in enumerate(lines, start=1) if line.startswith(start)]
    assert len(numbers) == 1
    return numbers[0]


def test_a_fault_names_the_line_of_its_own_question(load_changed: Callable[..., Loaded], directory: Path) -> None:
    loaded = load_changed((FORM, 'kind = "email"', 'kind = "emial"'), (FORM, 'en = "Regulator"', 'en = ""'))

    lines = {fault.message: fault.line for fault in loaded.faults}
    assert lines['unknown kind "emial"'] == line_of(directory / FORM, 'kind = "emial"')
    assert lines["is empty"] == line_of(directory / FORM, 'en = ""')


def test_all_faults_are_told_at_once_and_in_the_order_of_the_file(load_changed: Callable[..., Loaded]) -> None:
    loaded = load_changed(
        (FORM, 'kind = "email"', 'kind = "emial"'),
        (FORM, 'en = "Regulator"', 'en = ""'),
        (EVENT, "grace_minutes = 120", "grace_minutes = -1"),
        (FORM, "What is your family name?", "What is your <p>family name?"),
    )

    told = [(fault.file, fault.message) for fault in loaded.faults]
    assert told == [
        (EVENT, "is negative: -1"),
        (FORM, "is empty"),
        (FORM, "Telegram refuses <p>"),
        (FORM, 'is of kind "emial": the organisers reach people by it, and find double registrations'),
        (FORM, 'unknown kind "emial"'),
    ]


def test_a_fault_of_syntax_names_line_and_column_and_hides_nothing_of_the_other_file(
    load_changed: Callable[..., Loaded], directory: Path
) -> None:
    loaded = load_changed((EVENT, "[times]", "[times"), (FORM, 'kind = "email"', 'kind = "emial"'))

    first, *others = loaded.faults
    assert (first.file, first.line) == (EVENT, line_of(directory / EVENT, "[times"))
    assert first.place == "column 7"
    assert first.message.startswith("not TOML: ")
    assert any('did you mean "email"?' in fault.cure for fault in others)


def test_a_quote_left_open_is_told_by_its_line(load_changed: Callable[..., Loaded], directory: Path) -> None:
    loaded = load_changed((EVENT, 'email = "Rouda.alamirali@itu.int"', 'email = "Rouda.alamirali@itu.int'))

    assert [(fault.line, fault.file) for fault in loaded.faults] == [(line_of(directory / EVENT, "email ="), EVENT)]


def test_a_text_never_closed_is_told_at_the_end_of_the_file(directory: Path) -> None:
    (directory / EVENT).write_text('id = """\nabc', encoding="utf-8")

    fault = load(directory).faults[0]

    assert (fault.line, fault.place) == (2, "column 4")


def test_a_file_that_is_not_there_is_a_fault(directory: Path) -> None:
    (directory / FORM).unlink()

    loaded = load(directory)

    assert [str(fault) for fault in loaded.faults] == [f"registration.toml: is not there; put it in {directory}"]


def test_a_file_that_is_a_folder_is_a_fault(directory: Path) -> None:
    (directory / FORM).unlink()
    (directory / FORM).mkdir()

    assert "can't be read (Is a directory)" in str(load(directory).faults[0])


def test_a_file_in_another_encoding_is_a_fault(directory: Path) -> None:
    (directory / FORM).write_bytes('short = "الاسم"'.encode("cp1256"))

    assert "is not saved as UTF-8" in str(load(directory).faults[0])


def test_a_form_that_everybody_leaves_is_told_of_each_question_after(load_changed: Callable[..., Loaded]) -> None:
    stop = 'stops.ar = "انتهى"\nstops.en = "The end"\n'
    labels = ('ar = "18 سنة أو أكثر"\n', 'ar = "من 13 إلى 17 سنة"\n')
    loaded = load_changed(*((FORM, label, label + stop) for label in labels))

    never = [fault for fault in loaded.faults if 'every answer to "age_band" ends the form' in fault.message]
    assert len(never) == 24


def test_two_conditions_on_several_choices_may_both_hold(load_changed: Callable[..., Loaded]) -> None:
    both = 'when = [{ question = "accessibility", is = ["captions"] }, { question = "accessibility", is = ["other"] }]'

    assert load_changed(extra("extra", both, kind="yes_no")).faults == ()


@pytest.mark.parametrize("junk", ["", "question = 5", "[[question]]", "[[question]]\nid = 7\nkind = []\nwhen = [3]"])
def test_whatever_stands_in_the_form_is_answered_by_faults(directory: Path, junk: str) -> None:
    (directory / FORM).write_text(junk, encoding="utf-8")

    loaded = load(directory)

    assert loaded.content is None
    assert len(loaded.faults) >= 6


def test_a_condition_may_name_one_answer_without_a_list(load_changed: Callable[..., Loaded]) -> None:
    loaded = load_changed(extra("extra", 'when = { question = "presents", is_not = "yes" }'))

    assert loaded.content is not None
    question = loaded.content.form.get("extra")
    assert question is not None
    assert question.when[0].values == (False,)


def test_choices_written_inline_are_read_too(load_changed: Callable[..., Loaded]) -> None:
    inline = 'choice = [{ id = "one", ar = "واحد", en = "One" }, { id = "two", ar = "", en = "Two" }]\n'
    choices = SECTION.format("extra", inline, "short_text").replace("short_text", "choice")

    loaded = load_changed((FORM, f"[[question]]\n{LAST}", choices + LAST))

    assert [(fault.place, fault.message) for fault in loaded.faults] == [
        ('question "extra", choice "two", ar', "is empty")
    ]


def test_entities_that_telegram_knows_are_no_fault(load_changed: Callable[..., Loaded]) -> None:
    assert (
        load_changed((FORM, "What is your given name?", "Your name &lt;given&gt; &amp; &#x2068;so on&#8297;?")).faults
        == ()
    )
