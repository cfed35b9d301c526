"""Choices by their labels: buttons, and which one is meant by what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.dialogue.definition import LANGUAGES, Choice, Question
from bot.dialogue.kinds.contract import Option
from bot.places.matching import Match, Names, name_key
from bot.texts import ascii_digits, clean, one_line

WIDE = 20  # a label over so many characters gets a row of its own on a phone
SHORTEST_PART = 4  # a part of a label counts from so many characters on

_NUMBER = re.compile(r"[#(]?(\d{1,2})[.)،:-]?")
_CODE = re.compile(r"[A-Za-z0-9_/+-]{1,20}")


def rows_of(options: Sequence[Option], *, wide: int = WIDE) -> tuple[tuple[Option, ...], ...]:
    """Two a row; one a row if any label is over `wide` characters."""
    per_row = 1 if any(len(option.label) > wide for option in options) else 2
    return tuple(tuple(options[i : i + per_row]) for i in range(0, len(options), per_row))


def options_of(choices: Sequence[Choice], language: str) -> tuple[Option, ...]:
    """A button for each choice."""
    return tuple(Option(code=choice.id, label=choice.label[language]) for choice in choices)


def match_label(text: str, choices: Sequence[Choice]) -> Match:
    """The choices meant, by their number in the list, or by a label in either language: whole, part or nearly.

    Only a whole or nearly whole label, or a part that no other label has, is `sure`.
    """
    number = _NUMBER.fullmatch(ascii_digits(one_line(text)))
    by_label = Names(_named(choices)).match(text)
    if number and not by_label.sure and 1 <= int(number[1]) <= len(choices):
        return Match(found=(choices[int(number[1]) - 1].id,), sure=True)
    if by_label.sure:
        return by_label
    parts = _holding(name_key(text), choices)
    if len(parts) == 1:
        return Match(found=parts, sure=True)
    return Match(found=(parts or by_label.found)[:6])


def is_label(text: str, choices: Sequence[Choice]) -> str | None:
    """The choice with exactly that label in either language (case, marks and spellings of letters aside)."""
    key = name_key(text)
    found = {choice_id for label, choice_id in _named(choices) if name_key(label) == key and key}
    return found.pop() if len(found) == 1 else None


def choice_faults(question: Question) -> list[str]:
    """What is wrong with the choices of a question that needs them."""
    if not question.choices:
        return ['no choices; add [[question.choice]] tables with an id and a label in "ar" and "en"']
    faults = []
    ids = [choice.id for choice in question.choices]
    for choice_id in sorted({i for i in ids if ids.count(i) > 1}):
        faults.append(f'two choices with the id "{choice_id}"; rename one')
    for choice in question.choices:
        if not _CODE.fullmatch(choice.id):
            faults.append(f'choice id "{choice.id}" is no button code; use at most 20 of A-Z a-z 0-9 _ / + -')
        faults.extend(
            f'choice "{choice.id}" has no label in "{language}"; write one'
            for language in LANGUAGES
            if not clean(choice.label.get(language, ""))
        )
    for language in LANGUAGES:
        labels = [name_key(choice.label.get(language, "")) for choice in question.choices]
        for choice, label in zip(question.choices, labels, strict=True):
            if label and labels.count(label) > 1:
                faults.append(f'choice "{choice.id}" reads like another in "{language}"; word it apart')
    return faults


def without_choices(question: Question) -> list[str]:
    """The fault of choices where the kind knows none."""
    return [f'choices on a question of kind "{question.kind}"; take them out'] if question.choices else []


def option_faults(question: Question, *known: str) -> list[str]:
    """A fault for each entry of `options` that the kind does not read."""
    may = f"it reads {', '.join(known)}" if known else "it reads none"
    return [f'unknown option "{name}"; {may}' for name in question.options if name not in known]


def _named(choices: Sequence[Choice]) -> Iterator[tuple[str, str]]:
    for choice in choices:
        for label in choice.label.values():
            yield label, choice.id


def _holding(key: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """The choices with a label in which every typed word begins a word."""
    if len(key) < SHORTEST_PART:
        return ()
    found = []
    for label, choice_id in _named(choices):
        words = name_key(label).split()
        if all(any(word.startswith(typed) for word in words) for typed in key.split()):
            found.append(choice_id)
    return tuple(dict.fromkeys(found))
