"""Names of countries and of zones' cities in both languages: CLDR's, and ours where CLDR's will not do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale

LOCALES_OF = {"ar": "ar", "en": "en_GB"}

_COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "PS": "دولة فلسطين",
        "CD": "الكونغو (كينشاسا)",
        "CG": "الكونغو (برازافيل)",
        "HK": "هونغ كونغ، الصين",
        "MO": "ماكاو، الصين",
        "MM": "ميانمار",
        "DO": "الجمهورية الدومينيكية",
    },
    "en": {
        "PS": "State of Palestine",
        "CD": "Congo (Kinshasa)",
        "CG": "Congo (Brazzaville)",
        "HK": "Hong Kong, China",
        "MO": "Macao, China",
        "MM": "Myanmar",
    },
}

_CITIES: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "Asia/Hebron": "الخليل",
        "Africa/Mogadishu": "مقديشو",
        "Asia/Amman": "عمّان",
        "Indian/Comoro": "موروني",
        "Asia/Qatar": "الدوحة",
        "Asia/Bahrain": "المنامة",
        "America/Indiana/Knox": "نوكس",
        "Europe/Kyiv": "كييف",
        "Pacific/Kanton": "كانتون",
        "America/Punta_Arenas": "بونتا أريناس",
        "America/Coyhaique": "كويهايكي",
        "America/Ciudad_Juarez": "سيوداد خواريز",
        "Asia/Qostanay": "قوستاناي",
        "Asia/Urumqi": "أورومتشي",
        "America/Argentina/Buenos_Aires": "بوينس آيرس",
    },
    "en": {
        "Asia/Qatar": "Doha",
        "Asia/Bahrain": "Manama",
        "Indian/Comoro": "Moroni",
        "Asia/Kuwait": "Kuwait City",
        "Africa/El_Aaiun": "Laayoune",
        "Asia/Ho_Chi_Minh": "Ho Chi Minh City",
    },
}

# CLDR keeps the names that zones had when it began; tzdata has renamed them since.
_CLDR_ZONES = {
    "Africa/Asmara": "Africa/Asmera",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Nuuk": "America/Godthab",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Catamarca": "America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Europe/Kyiv": "Europe/Kiev",
    "Pacific/Chuuk": "Pacific/Truk",
    "Pacific/Pohnpei": "Pacific/Ponape",
    "Antarctica/DumontDUrville": "Antarctica/DumontDUrville",
}


@cache
def babel_locale(name: str) -> Locale:
    """Babel's locale of that name, `ar_EG` say, or of its language alone where Babel has no such region."""
    known = Locale.parse(name) if _exists(name) else None
    return known or Locale.parse(name.partition("_")[0])


def country_name(code: str, language: str) -> str:
    """The country's name. Raises KeyError for a code that is not ISO 3166's."""
    own = _COUNTRIES[language].get(code)
    return own if own is not None else str(babel_locale(LOCALES_OF[language]).territories[code])


def city_name(zone: str, language: str) -> str:
    """The city of a zone's name, "Cairo" for Africa/Cairo; the last part of the name where CLDR has none."""
    own = _CITIES[language].get(zone)
    if own is not None:
        return own
    for name in (zone, _CLDR_ZONES.get(zone, zone)):
        entry = babel_locale(LOCALES_OF[language]).time_zones.get(name) or {}
        if "city" in entry:
            return str(entry["city"])
        if language == "en":
            entry = babel_locale("en").time_zones.get(name) or {}
            if "city" in entry:
                return str(entry["city"])
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _exists(name: str) -> bool:
    from babel.localedata import exists

    return exists(name)
