"""Two people register in a real browser, one in Arabic, one in English, across a crash in mid-form."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.page import Chatter, browser_page, simulator
from tests.browser_note import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH (Debian: apt-get install chromium)"),
]

MONA, KARIM = 700000001, 700000002
SHOTS = os.environ.get("SCREENSHOTS")


async def test_two_people_register_in_two_languages_across_a_crash(tmp_path: Path) -> None:
    async with simulator(tmp_path) as address, browser_page(address) as page:
        shots = 0

        async def shoot() -> None:
            nonlocal shots
            shots += 1
            if SHOTS:
                await page.screenshot(path=str(Path(SHOTS) / f"{shots:02}.png"))

        mona, karim = Chatter(page, MONA), Chatter(page, KARIM)
        await mona.start()
        await karim.start()
        await mona.sees("يُرجى اختيار اللغة")
        await karim.sees("Please choose a language")
        await shoot()
        await mona.press("العربية")
        await karim.press("English")
        await mona.sees("يُغلق التسجيل")
        await karim.sees("Registration closes")
        await shoot()
        await mona.press("التسجيل في الحدث")
        await karim.press("Register for the event")
        await mona.sees("الفئة العمرية")
        await karim.sees("age group")
        await shoot()
        await mona.press("18 سنة أو أكثر")
        await karim.press("18 or over")
        await mona.sees("قبل الأسئلة الشخصية")
        await karim.sees("Before the personal questions")
        await shoot()
        await mona.press("أوافق")
        await karim.press("I agree")
        await mona.sees("لمن هذا التسجيل")
        await mona.press("لي ولآخرين من الجهة نفسها")
        await karim.sees("Who is to be registered")
        await karim.press("Only me")
        await mona.sees("ما صفة المشاركة")
        await karim.sees("In what capacity")
        await shoot()
        await mona.press("هيئة تنظيمية")
        await karim.press("Parent or family")
        await mona.sees("من أي بلد")
        await karim.sees("In which country")
        await shoot()

        # Switched in mid-question, and back; then the bot is killed in mid-form.
        await mona.press("English")
        await mona.sees("In which country")
        await shoot()
        await mona.press("العربية")
        await mona.sees("من أي بلد")
        await page.get_by_test_id("crash").click()
        await mona.type("الإمارات")
        await karim.type("usa")
        await mona.sees("ما البلد الذي تمثله")
        await karim.sees("time zone")
        await shoot()
        await mona.press("الإمارات العربية المتحدة")
        await karim.type("New York")
        await mona.sees("اللقب")
        await karim.sees("title")
        await mona.press("تخطٍّ")
        await karim.press("Skip")
        await mona.sees("الاسم الأول")
        await karim.sees("given name")
        await mona.type("منى")
        await karim.type("Karim")
        await mona.sees("اسم العائلة")
        await mona.type("الهاشمي")
        await karim.sees("family name")
        await karim.type("Haddad")
        await mona.sees("بالحروف الأخرى")
        await karim.sees("other script")
        await mona.type("Mona Al Hashemi")
        await karim.press("Skip")
        await mona.sees("ما اسم الجهة")
        await mona.type("هيئة تنظيم الاتصالات TDRA")
        await mona.sees("المنصب")
        await mona.type("مديرة إدارة السياسات")
        await mona.sees("البريد الإلكتروني")
        await karim.sees("e-mail")
        await mona.type("mona.hashemi@example")
        await karim.type("karim.haddad@example.org")
        await karim.sees("phone number")
        await shoot()
        await mona.type("mona.hashemi@example.org")
        await mona.sees("رقم الهاتف")
        await shoot()
        await mona.type("٠٥٠ ١٢٣ ٤٥٦٧")
        await karim.press_reply("Skip")
        await mona.sees("تجربة وطنية")
        await karim.sees("national experience")
        await shoot()
        await mona.press("نعم")
        await karim.press("No")
        await mona.sees("ما هذه التجربة")
        await mona.type("برنامج «أطفالنا والإنترنت» في 40 مدرسة (Kids Online 2020)، بدأ في دبي.")
        await mona.sees("ييسر المتابعة")
        await karim.sees("accessible")
        await mona.press("شرح كتابي مصاحب")
        await mona.press("لغة الإشارة")
        await shoot()
        await mona.press("تم الاختيار")
        await karim.press("Skip")
        await mona.sees("سؤال للمتحدثين")
        await karim.sees("question for the speakers")
        await mona.press("تخطٍّ")
        await karim.type("How can parents talk with children about what they see online?")
        await mona.sees("رسائل تذكير")
        await karim.sees("reminders")
        await mona.press("نعم")
        await karim.press("Yes")
        await mona.sees("مراجعة الإجابات")
        await karim.sees("Please check the answers")
        await shoot()
        await mona.press("تأكيد التسجيل")
        await karim.press("Confirm the registration")
        await mona.sees("رقم التسجيل")
        await karim.sees("Registration number")
        await shoot()
        assert await mona.pane.get_by_text("COP-").count()
        assert await karim.pane.get_by_text("COP-").count()
