"""Pretend Telegram on loopback, as strict as the real one or stricter.

`SimulatedTelegram` serves the Bot API in the running loop; `Person` does what a human can do. The
chat page and the supervision of a bot process are in `supervisor.py`, which is imported where it is
needed. What is waited for here hangs on a bell, not on polling; what has expired is asked of the clock
that was passed in; pacing and pauses take real time.
"""

from __future__ import annotations

from bot.simulator.acts import ActRefused
from bot.simulator.faults import Fault, Faults
from bot.simulator.people import Button, Person, SeenMessage
from bot.simulator.rates import UNLIMITED, Rates
from bot.simulator.record import Call
from bot.simulator.state import BOT_ID, BOT_USERNAME, TOKEN
from bot.simulator.telegram import SimulatedTelegram
from bot.simulator.webhook import RepeatPace
from bot.simulator.world import World

__all__ = [
    "BOT_ID",
    "BOT_USERNAME",
    "TOKEN",
    "UNLIMITED",
    "ActRefused",
    "Button",
    "Call",
    "Fault",
    "Faults",
    "Person",
    "Rates",
    "RepeatPace",
    "SeenMessage",
    "SimulatedTelegram",
    "World",
]
