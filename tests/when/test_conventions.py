"""Each convention of docs/when.md by a table of its own, in other words than the labelled rows.

Unless a row says otherwise it is Tuesday 17 November 2020, 19:30, in Cairo; the event is on Monday the 23rd, 11:00 to 13:00.
"""

from __future__ import annotations

import pytest

from tests.when.asking import ask, said

NIGHT = "2020-11-18T01:20"  # a Wednesday, after midnight
THURSDAY = "2020-11-12T13:05"

BEFORE_AND_AFTER = [
    ("fifty minutes before the seminar", "2020-11-23 10:10"),
    ("an hour and a quarter ahead of the conference", "2020-11-23 09:45"),
    ("15 minutes after the workshop starts", "2020-11-23 11:15"),
    ("20 minutes before the meeting ends", "2020-11-23 12:40"),
    ("an hour after the webinar", "2020-11-23 14:00"),
    ("two weeks after it", "2020-12-07 13:00"),
    ("before the meeting", "ambiguous"),
    ("قبل الندوة بعشرين دقيقة", "2020-11-23 10:40"),
    ("قبل ساعتين", "2020-11-23 09:00"),
    ("قبل بنص ساعة", "2020-11-23 10:30"),
    ("بعد انطلاق الورشة بعشر دقائق", "2020-11-23 11:10"),
    ("قبل ختام الجلسة بخمس دقائق", "2020-11-23 12:55"),
    ("لما يبدا اللقاء", "2020-11-23 11:00"),
    ("abl el ijtima3 b 20 da2i2a", "2020-11-23 10:40"),
    ("an hour before registration shuts", "2020-11-22 22:59"),
    ("قبل إغلاق باب التسجيل بيومين", "2020-11-20 23:59"),
    ("قبلها", "ambiguous"),
    ("15 min prior to the end", "2020-11-23 12:45"),
]
LENGTHS = [
    ("in three and a half hours", "2020-11-17 23:00"),
    ("in 1 hr 30 mins", "2020-11-17 21:00"),
    ("in 0.5 hours", "2020-11-17 20:00"),
    ("in two thirds of an hour", "2020-11-17 20:10"),
    ("in an hour less a quarter", "2020-11-17 20:15"),
    ("in a couple of weeks", "2020-12-01 19:30"),
    ("in around 40 minutes", "2020-11-17 20:10"),
    ("in some minutes", "ambiguous"),
    ("ninety minutes", "ambiguous"),
    ("بعد يوم ونصف اليوم", "2020-11-19 07:30"),
    ("بعد ٣ ساعات وربع", "2020-11-17 22:45"),
    ("بعد ساعتين إلا خمس دقائق", "2020-11-17 21:25"),
    ("بعد بضعة أيام", "ambiguous"),
    ("ربع ساعة", "ambiguous"),
    ("بعد خمسة عشر يوما", "2020-12-02 19:30"),
    ("كمان تلت ساعة", "2020-11-17 19:50"),
    ("ba3d sa3a ella rob3", "2020-11-17 20:15"),
    ("بعد ١٫٥ ساعة", "2020-11-17 21:00"),
]
EVENT_DAYS = [
    ("the night before the meeting", "2020-11-22 21:00"),
    ("the afternoon of the event", "2020-11-23 15:00"),
    ("five days before the session at 9 pm", "2020-11-18 21:00"),
    ("five days before the session", "2020-11-18 11:00"),
    ("the day of the webinar", "2020-11-23 09:00"),
    ("the day before it at 7:15 pm", "2020-11-22 19:15"),
    ("ليلة اللقاء", "2020-11-22 21:00"),
    ("عشية الجلسة الساعة ٧", "2020-11-22 19:00"),
    ("يومها الصبح", "2020-11-23 09:00"),
    ("قبل الفعالية بثلاثة أيام صباحا", "2020-11-20 09:00"),
    ("صباح الجلسة", "2020-11-23 09:00"),
    ("اليوم الذي يسبق الحوار الساعة ٦ مساء", "2020-11-22 18:00"),
    ("yomha el sa3a 8 el sob7", "2020-11-23 08:00"),
    ("قبل الحوار بأسبوع", "past"),
]
DAYS_WITHOUT_HOUR = [
    ("the 19th of November", "2020-11-19 09:00"),
    ("Saturday please", "2020-11-21 09:00"),
    ("tomorrow inshallah", "2020-11-18 09:00"),
    ("بعد غد", "2020-11-19 09:00"),
    ("يوم الأحد", "2020-11-22 09:00"),
    ("اليوم", "ambiguous"),
    ("النهاردة", "ambiguous"),
    ("17/11/2020", "ambiguous"),
]
PARTS = [
    ("in the early morning", "2020-11-18 07:00"),
    ("in the evening", "2020-11-18 18:00"),
    ("tonight", "2020-11-17 21:00"),
    ("tomorrow at 6 in the evening", "2020-11-18 18:00"),
    ("at 12 at night", "2020-11-18 00:00"),
    ("at 3 at night", "2020-11-18 03:00"),
    ("at midnight", "2020-11-18 00:00"),
    ("midnight tomorrow", "ambiguous"),
    ("tomorrow at 2 at night", "ambiguous"),
    ("tomorrow at 1:45 am", "2020-11-18 01:45"),
    ("الصبح", "2020-11-18 09:00"),
    ("بعد الضهر", "2020-11-18 15:00"),
    ("بكرة الساعة ١ صباحا", "2020-11-18 01:00"),
    ("بكرا الساعة تلاتة بالليل", "ambiguous"),
    ("نص الليل", "2020-11-18 00:00"),
    ("غدا الصباح الباكر", "2020-11-18 07:00"),
    ("الساعة ١١ الضهر", "2020-11-18 11:00"),
    ("12 noon", "2020-11-18 12:00"),
]
PRAYERS = [
    ("after maghrib", "ambiguous"),
    ("tomorrow at fajr", "ambiguous"),
    ("at sunrise", "ambiguous"),
    ("before iftar tomorrow", "ambiguous"),
    ("بكرة العصر", "ambiguous"),
    ("بعد صلاة المغرب", "ambiguous"),
    ("الساعة ٥ الفجر", "2020-11-18 05:00"),
    ("بكرة ٤ العصر", "2020-11-18 16:00"),
    ("٨ العشا", "2020-11-17 20:00"),
    ("غدا ظهرا", "2020-11-18 12:00"),
    ("bokra el fagr", "ambiguous"),
    ("وقت السحور", "ambiguous"),
]
HOURS = [
    ("at 6", "2020-11-18 18:00"),
    ("at 9", "2020-11-17 21:00"),
    ("at 11", "2020-11-18 11:00"),
    ("tomorrow at 6", "2020-11-18 18:00"),
    ("tomorrow at 7", "2020-11-18 07:00"),
    ("Saturday 12:15", "2020-11-21 12:15"),
    ("06:15", "2020-11-18 06:15"),
    ("22:10", "2020-11-17 22:10"),
    ("at 19", "2020-11-18 19:00"),
    ("nine", "2020-11-17 21:00"),
    ("twenty five to nine", "2020-11-17 20:35"),
    ("ثمانية ونص", "2020-11-17 20:30"),
    ("الساعة ٠٥:٣٠", "2020-11-18 05:30"),
    ("عالتمانة", "2020-11-17 20:00"),
    ("التاسعة إلا عشر دقائق", "2020-11-17 20:50"),
    ("الساعة تسعة وخمسة وعشرين دقيقة", "2020-11-17 21:25"),
    ("بكرة عشرة ونص إلا خمسة", "2020-11-18 10:25"),
    ("9", "2020-11-17 21:00"),
]
GONE = [
    ("today at 6 pm", "past"),
    ("today at 7", "past"),
    ("this afternoon at 4", "past"),
    ("yesterday around noon", "past"),
    ("last Thursday at 5", "past"),
    ("the day before yesterday", "past"),
    ("أمس بعد العصر", "past"),
    ("قبل البارحة", "past"),
    ("الشهر الماضي", "past"),
    ("اليوم الصبح", "past"),
    ("this evening at 8", "2020-11-17 20:00"),
    ("five minutes ago", "past"),
    ("منذ ساعة", "past"),
]
WEEKDAYS = [
    ("this Sunday at 1", "2020-11-22 13:00"),
    ("coming Thursday at 10:30", "2020-11-19 10:30"),
    ("next Sunday", "2020-11-22 09:00"),
    ("next Wednesday", "ambiguous"),
    ("next Tuesday at 9", "2020-11-24 09:00"),
    ("Tuesday at 9", "ambiguous"),
    ("Tuesday of next week at 9", "2020-11-24 09:00"),
    ("Saturday of next week", "2020-11-28 09:00"),
    ("a week from Thursday at noon", "2020-11-26 12:00"),
    ("الخميس القادم", "2020-11-19 09:00"),
    ("الثلاثاء المقبل مساء", "2020-11-24 18:00"),
    ("الثلاثاء", "ambiguous"),
    ("السبت بعد المقبل", "2020-11-28 09:00"),
    ("ليلة الأحد", "ambiguous"),
    ("الشهر القادم", "ambiguous"),
    ("next week", "ambiguous"),
    ("الخميس الجاي بليل", "2020-11-19 21:00"),
    ("el gom3a el gaya", "2020-11-20 09:00"),
    ("الجمعة الماضية", "past"),
]
WEEKENDS = [
    ("at the weekend", "ambiguous"),
    ("الويكند", "ambiguous"),
    ("after the weekend", "2020-11-22 09:00"),
    ("بعد العطلة الأسبوعية الساعة ١٠", "2020-11-22 10:00"),
]
DATES = [
    ("3/12 at 10", "2020-12-03 10:00"),
    ("12/24 at 10", "2020-12-24 10:00"),
    ("2020-12-05", "2020-12-05 09:00"),
    ("5.12.2020 at 14:00", "2020-12-05 14:00"),
    ("1/11", "past"),
    ("20/9/2020", "past"),
    ("January 3", "2021-01-03 09:00"),
    ("the 16th", "2020-12-16 09:00"),
    ("the 30th of November at 8 pm", "2020-11-30 20:00"),
    ("Wednesday 18 November at 9", "2020-11-18 09:00"),
    ("Monday 18 November", "ambiguous"),
    ("31 April", "ambiguous"),
    ("٢٠ من شهر ١٢ الساعة ٥ مساء", "2020-12-20 17:00"),
    ("١٥ كانون الثاني", "2021-01-15 09:00"),
    ("5 جويلية", "2021-07-05 09:00"),
    ("10 غشت مع 10", "2021-08-10 10:00"),
    ("1 أوت", "2021-08-01 09:00"),
    ("٢٥ حزيران الضهر", "2021-06-25 12:00"),
    ("يوم ٢٢ الساعة ١٠", "2020-11-22 10:00"),
    ("السابع والعشرين من نوفمبر", "2020-11-27 09:00"),
    ("في الأول من ديسمبر ظهرا", "2020-12-01 12:00"),
]
HIJRI = [
    ("12 Rabi al-Akhir 1442", "2020-11-27 09:00"),
    ("٢٠ ربيع الآخر ١٤٤٢ الساعة ٨ مساء", "2020-12-05 20:00"),
    ("1 شوال 1442", "2021-05-13 09:00"),
    ("10 ذو الحجة", "2021-07-20 09:00"),
    ("1442/4/15 at 10", "2020-11-30 10:00"),
    ("1 محرم 1442", "past"),
    ("ربيع", "ambiguous"),
]
ZONES = [
    ("10 pm Riyadh time", "2020-11-17 21:00"),
    ("18:30 UTC", "2020-11-17 20:30"),
    ("tomorrow at noon Dubai time", "2020-11-18 10:00"),
    ("9 am GMT-5", "2020-11-18 16:00"),
    ("غدا ٩ صباحا بتوقيت الكويت", "2020-11-18 08:00"),
    ("الساعة ١٠ مساء بتوقيت لندن", "2020-11-18 00:00"),
    ("٨ مساء بتوقيت عمان", "ambiguous"),
    ("8 pm IST", "ambiguous"),
    ("9 pm local time", "2020-11-17 21:00"),
    ("8 pm EET", "2020-11-17 20:00"),
]
SMALL_HOURS = [
    ("tomorrow at 9", "ambiguous"),
    ("بكرة الساعة ٩ الصبح", "ambiguous"),
    ("ghodwa m3a 9", "ambiguous"),
    ("today at 9", "2020-11-18 09:00"),
    ("Thursday at 9", "2020-11-19 09:00"),
    ("tomorrow, Thursday, at 9", "2020-11-19 09:00"),
    ("in the morning", "2020-11-18 09:00"),
]
QUESTIONS = [
    ("from 3 to 5 pm", "ambiguous"),
    ("between noon and 2", "ambiguous"),
    ("Sunday or Monday at 10", "ambiguous"),
    ("every two hours", "ambiguous"),
    ("daily at 9", "ambiguous"),
    ("in a while", "ambiguous"),
    ("من ٣ ل ٥", "ambiguous"),
    ("الساعة ٥ أو ٦", "ambiguous"),
    ("كل جمعة", "ambiguous"),
    ("بكرة ولا بعده", "ambiguous"),
    ("بعد شوية كده", "ambiguous"),
    ("يوميا الساعة ٨", "ambiguous"),
    ("at 5 and at 9", "ambiguous"),
    ("فيما بعد", "ambiguous"),
    ("shi yom", "ambiguous"),
]
NOT_TIMES = [
    ("my son turns 15", "none"),
    ("we expect 40 participants", "none"),
    ("call 0223456789", "none"),
    ("the 2014 edition", "none"),
    ("good evening all", "none"),
    ("wait one minute", "none"),
    ("July Haddad", "none"),
    ("that may help", "none"),
    ("one third of schools", "none"),
    ("صباح النور", "none"),
    ("عندنا ١٥ موظف", "none"),
    ("ما في حدا هون", "none"),
    ("اسمي خميس", "none"),
    ("لحظة وحدة", "none"),
    ("ثلثا الأطفال", "none"),
    ("page 9 please", "none"),
    ("how many people?", "none"),
    ("which day is it?", "none"),
    ("كم مدة اللقاء؟", "none"),
    ("رمضان كريم", "none"),
]
COURTESIES = [
    ("please kindly remind me tomorrow at 10, thanks a lot", "2020-11-18 10:00"),
    ("لو سمحتم غدا الساعة ١٠ إن شاء الله وشكرا", "2020-11-18 10:00"),
    ("remind me at 9 pm because I will be driving", "2020-11-17 21:00"),
    ("بكرا عالعشرة لأنو عندي شغل", "2020-11-18 10:00"),
    ("fakkarny bokra el sa3a 10 law sama7t", "2020-11-18 10:00"),
]


@pytest.mark.parametrize(("text", "expected"), BEFORE_AND_AFTER)
def test_1_before_and_after_the_event(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), LENGTHS)
def test_2_lengths(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), EVENT_DAYS)
def test_3_days_named_by_the_event(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), DAYS_WITHOUT_HOUR)
def test_4_a_day_with_no_hour_is_nine(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_5_parts_of_the_day(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), PRAYERS)
def test_6_prayers_and_the_sun(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), HOURS)
def test_7_and_8_an_hour_without_half_or_day(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), GONE)
def test_8_what_lies_behind_is_past(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(
    "text", ["an hour before it", "before the event", "قبلها بشوي", "a few minutes before", "قبل الحوار"]
)
def test_8_before_the_event_once_it_is_gone_is_past(text: str) -> None:
    assert said(ask(text, now="2020-11-24T10:00")) == "past"


@pytest.mark.parametrize(("text", "expected"), WEEKDAYS)
def test_9_weekdays(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), WEEKENDS)
def test_10_weekends(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Asia/Beirut", THURSDAY, "2020-11-16 09:00"),
        ("Africa/Tunis", THURSDAY, "2020-11-16 09:00"),
        ("Africa/Nouakchott", THURSDAY, "2020-11-16 09:00"),
        ("Africa/Algiers", THURSDAY, "2020-11-15 09:00"),
        ("Asia/Riyadh", "2020-11-13T10:00", "2020-11-15 09:00"),
        ("Asia/Dubai", THURSDAY, "2020-11-15 09:00"),
        ("Asia/Dubai", "2023-11-16T10:00", "2023-11-20 09:00"),
        ("Europe/London", THURSDAY, "2020-11-16 09:00"),
    ],
)
def test_10_the_first_working_day_is_the_countrys(zone: str, now: str, expected: str) -> None:
    assert said(ask("after the weekend", now=now, zone=zone)) == expected


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_11_dates(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), HIJRI)
def test_12_hijri_dates(text: str, expected: str) -> None:
    assert said(ask(text, now="2020-11-17T19:30", zone="Asia/Riyadh")) == expected


@pytest.mark.parametrize(("text", "expected"), ZONES)
def test_13_zones(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(
    ("text", "now", "zone", "expected"),
    [
        ("28/03/2021 at 00:15", "2021-03-27T12:00", "Asia/Beirut", "2021-03-28 01:15"),
        ("tomorrow at 01:30", "2021-10-30T12:00", "Europe/London", "2021-10-31 01:30"),
        ("in 12 hours", "2021-03-27T18:00", "Asia/Beirut", "2021-03-28 07:00"),
        ("in one day", "2021-03-27T18:00", "Asia/Beirut", "2021-03-28 18:00"),
        ("بعد ٢٤ ساعة", "2021-03-27T18:00", "Asia/Beirut", "2021-03-28 19:00"),
        ("tomorrow at 10 am", "2026-04-23T20:00", "Africa/Cairo", "2026-04-24 10:00"),
        ("24/04/2026 at 00:30", "2026-04-23T20:00", "Africa/Cairo", "2026-04-24 01:30"),
    ],
)
def test_14_clock_changes(text: str, now: str, zone: str, expected: str) -> None:
    assert said(ask(text, now=now, zone=zone)) == expected


@pytest.mark.parametrize(("text", "expected"), SMALL_HOURS)
def test_15_tomorrow_in_the_small_hours(text: str, expected: str) -> None:
    assert said(ask(text, now=NIGHT)) == expected


@pytest.mark.parametrize(("text", "expected"), QUESTIONS)
def test_16_ranges_alternatives_and_repetition_are_asked_about(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), NOT_TIMES)
def test_17_not_times(text: str, expected: str) -> None:
    assert said(ask(text)) == expected


@pytest.mark.parametrize(("text", "expected"), COURTESIES)
def test_18_courtesies_and_reasons_change_nothing(text: str, expected: str) -> None:
    assert said(ask(text)) == expected
