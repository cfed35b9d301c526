"""The Bot API's methods that this bot uses, each a plain function of the world and the parameters.

getUpdates waits, so it is the server's (`polling.py`). A method that is not here is answered 404.
"""

from __future__ import annotations

from bot.simulator.methods import chats, editing, profile, sending, webhooks
from bot.simulator.methods.registry import METHODS, Method

__all__ = ["METHODS", "Method", "chats", "editing", "profile", "sending", "webhooks"]
