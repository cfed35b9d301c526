"""A time as people say it, in English, Arabic and its dialects: a moment, a question back, nothing, or already past.

Pure: text, language, now, zone and the event go in. The conventions are numbered as in docs/when.md.
"""

from bot.when.outcome import Ambiguous, EventTimes, Moment, Nothing, Outcome, Past, Reason
from bot.when.understanding import Explanation, explain, understand

__all__ = [
    "Ambiguous",
    "EventTimes",
    "Explanation",
    "Moment",
    "Nothing",
    "Outcome",
    "Past",
    "Reason",
    "explain",
    "understand",
]
