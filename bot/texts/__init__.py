"""The bot's words: catalogues of two languages, plurals, digits, dates, names, and direction kept in order.

What goes out is Telegram HTML in which everything inserted is escaped and isolated; what comes in is made
plain by `clean`. Nothing here knows what is being said or to whom.
"""

from bot.texts.cleaning import ascii_digits, clean, fold_name, one_line, unstretch
from bot.texts.markup import Markup, escape, isolate
from bot.texts.numerals import ARAB_COUNTRIES, Digits
from bot.texts.texts import Language, Texts, texts_for
from bot.texts.zones import UnknownZone, zone_named

__all__ = [
    "ARAB_COUNTRIES",
    "Digits",
    "Language",
    "Markup",
    "Texts",
    "UnknownZone",
    "ascii_digits",
    "clean",
    "escape",
    "fold_name",
    "isolate",
    "one_line",
    "texts_for",
    "unstretch",
    "zone_named",
]
