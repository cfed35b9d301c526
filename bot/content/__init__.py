"""What organisers edit, read and checked: the event and the form.

`load` gives the whole content or every fault in it with its file, place and cure, never half of it.
It reads the two files once and keeps nothing open; it never writes, and never asks the time.
"""

from bot.content.event import Assumption, BotTexts, Event
from bot.content.faults import Fault
from bot.content.loader import Content, Loaded, check_facts, checksum_of, load

__all__ = ["Assumption", "BotTexts", "Content", "Event", "Fault", "Loaded", "check_facts", "checksum_of", "load"]
