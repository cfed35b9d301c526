"""What a person sees on a screen, read off its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from bot import buttons
from bot.simulator import SeenMessage

_OF_A_QUESTION = frozenset({buttons.ANSWER, buttons.SKIP, buttons.BACK, buttons.WHY, buttons.DONE, buttons.KEEP})
_NAMED_BY = (
    (buttons.CONFIRM, "review"),
    (buttons.WITHDRAW_YES, "ask_withdraw"),
    (buttons.CORRECT, "registered"),
    (buttons.EDIT, "edit_list"),
    (buttons.CANCEL_YES, "ask_cancel"),
    (buttons.SAME_PERSON, "same_person"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`name` says which screen it is; `question` is set on a question's."""

    name: str
    message: SeenMessage
    question: str | None = None

    def data(self, action: str) -> list[str]:
        """The data of this screen's buttons that do `action`."""
        found = (button.data for row in self.message.buttons for button in row if button.data)
        return [data for data in found if (pressed := buttons.read(data)) and pressed.action == action]

    def shows_the_same(self, other: View) -> bool:
        """Text and buttons are the same: a message that came twice, or one that changed nothing."""
        one, two = self.message, other.message
        return (one.text, one.buttons, one.keyboard) == (two.text, two.buttons, two.keyboard)


def view_of(message: SeenMessage) -> View | None:
    """The screen, or None for a message beside the screens (nothing to press)."""
    if message.keyboard:
        return View(name="question", message=message, question="phone")
    pressed = [
        read
        for row in message.buttons
        for button in row
        if button.data is not None and (read := buttons.read(button.data)) is not None
    ]
    actions = {one.action for one in pressed}
    for action, name in _NAMED_BY:
        if action in actions:
            return View(name=name, message=message)
    question = next((one.arguments[0] for one in pressed if one.action in _OF_A_QUESTION), None)
    if question is not None:
        return View(name="question", message=message, question=question)
    if buttons.REGISTER in actions:
        return View(name="home", message=message)
    if buttons.CANCEL_UNDO in actions:
        return View(name="cancelled", message=message)
    if buttons.LANGUAGE in actions:
        return View(name="greeting" if len(pressed) > 1 else "stopped", message=message)
    return None
