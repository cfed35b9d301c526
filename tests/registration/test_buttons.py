"""Every button pressed late: no action of `bot.buttons` does harm, or nothing, at any moment of a registration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import buttons
from bot.screen import Screen
from tests.registration.office import OVER, Room

ARGUMENTS: dict[str, tuple[str, ...]] = {
    buttons.ANSWER: ("kind", "family"),
    **dict.fromkeys((buttons.DONE, buttons.SKIP, buttons.BACK, buttons.KEEP, buttons.EDIT, buttons.WHY), ("kind",)),
    buttons.LANGUAGE: ("en",),
    **dict.fromkeys((buttons.SAME_PERSON, buttons.NOT_SAME_PERSON), ("COP-1234-5678",)),
    **{a: ("COP-1234-5678",) for a in buttons.ACTIONS if a.startswith("o") and a != buttons.CONFIRM},
    buttons.ORG_EDIT_QUESTION: ("COP-1234-5678", "email"),
}


async def stranger(room: Room) -> None:
    """Nothing was ever said."""


async def at_the_door(room: Room) -> None:
    await room.says("/start")
    await room.taps("1:l:en")


async def in_the_middle(room: Room) -> None:
    await room.begins()
    await room.fills("email")


async def after_cancelling(room: Room) -> None:
    await in_the_middle(room)
    await room.taps("1:x")
    await room.taps("1:xy")


async def registered(room: Room) -> None:
    await room.registers()


async def correcting(room: Room) -> None:
    await room.registers()
    await room.taps("1:mc")
    await room.taps("1:e:email")


async def withdrawn(room: Room) -> None:
    await room.registers()
    await room.taps("1:mw")
    await room.taps("1:my")


async def after_the_event(room: Room) -> None:
    await room.registers()
    room.office.now = OVER


MOMENTS: tuple[Callable[[Room], Awaitable[None]], ...] = (
    stranger, at_the_door, in_the_middle, after_cancelling, registered, correcting, withdrawn, after_the_event,
)  # fmt: skip
# What says nothing, by design: a second press of "confirm" once there is a registration, and of "erase everything".
SILENT = {(registered, buttons.CONFIRM), (after_the_event, buttons.CONFIRM), (stranger, buttons.DATA_ERASE_YES)}
# What a late press may still do, because it is what its words say and can be taken back.
MAY_CHANGE = {
    buttons.CANCEL_YES,
    buttons.CANCEL_UNDO,
    buttons.REGISTER,
    buttons.CORRECT,
    buttons.ZONE,
    buttons.WITHDRAW_YES,
}


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("action", sorted(buttons.ACTIONS))
async def test_a_late_press_is_answered_and_takes_no_answer_away(
    nour: Room, action: str, moment: Callable[[Room], Awaitable[None]]
) -> None:
    await moment(nour)
    before = await nour.situation()
    nour.seen[50] = Screen(template="long ago", text="an earlier message")
    await nour.taps(buttons.data(action, *ARGUMENTS.get(action, ())), 50)

    assert bool(nour.heard) != ((moment, action) in SILENT)
    after = await nour.situation()
    if before.registration is not None:
        assert after.registration == before.registration
    if before.draft is not None and action not in MAY_CHANGE:
        assert after.draft is not None
        assert after.draft.data["answers"] == before.draft.data["answers"]


@given(st.text(max_size=64))
def test_data_is_read_or_refused_and_never_raises(text: str) -> None:
    pressed = buttons.read(text)

    assert pressed is None or pressed.action in buttons.ACTIONS


@given(
    st.sampled_from(sorted(buttons.ACTIONS)), st.lists(st.from_regex(r"[a-z0-9_]{0,15}", fullmatch=True), max_size=3)
)
def test_what_is_written_is_read_back(action: str, arguments: list[str]) -> None:
    text = buttons.data(action, *arguments)

    assert len(text.encode()) <= 64
    assert buttons.read(text) == buttons.Pressed(action, tuple(arguments))


@pytest.mark.parametrize("bad", [("a", "x" * 64), ("a", "with:colon"), ("nothing",)])
def test_data_that_could_not_be_read_back_is_refused(bad: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="button data"):
        buttons.data(*bad)


def test_data_of_another_version_is_an_old_button() -> None:
    assert buttons.read("0:ok") is None and buttons.read("2:ok") is None and buttons.read("ok") is None
