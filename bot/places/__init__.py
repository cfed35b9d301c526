"""Countries, cities and zones: which there are, and which one is meant by what somebody typed.

Names to show are `bot.texts`'s (`Texts.country`, `Texts.city`); here is only recognition and tzdata's map.
"""

from bot.places.countries import all_countries, arab_countries, country_of_zone, match_country
from bot.places.matching import Match
from bot.places.zones import match_zone, zones_of, zones_that_differ

__all__ = [
    "Match",
    "all_countries",
    "arab_countries",
    "country_of_zone",
    "match_country",
    "match_zone",
    "zones_of",
    "zones_that_differ",
]
