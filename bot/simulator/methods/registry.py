"""Where methods are entered under their Bot API names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.simulator.params import Params
from bot.simulator.world import World

Method = Callable[[World, Params], Any]
_Function = TypeVar("_Function", bound=Method)

METHODS: dict[str, tuple[str, Method]] = {}
"""By lower-cased name: the name as documented and the function."""


def method(*names: str) -> Callable[[_Function], _Function]:
    """Enter a function as the method of these names; it returns the `result` or raises ApiError."""

    def entered(function: _Function) -> _Function:
        for name in names:
            METHODS[name.lower()] = (name, function)
        return function

    return entered
