"""A young person in English and a mother in Arabic, in a real browser; then she registers a child and takes her
consent back. SCREENSHOTS=<folder> keeps a picture of every step, to be looked at."""

from __future__ import annotations

import os
import re
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
LINK = re.compile(r"\?start=(g_[A-Za-z0-9_-]{43})")


async def test_a_young_person_and_a_mother_in_two_chats_and_languages(tmp_path: Path) -> None:
    async with simulator(tmp_path) as address, browser_page(address, height=1000) as page:
        shots = 0

        async def shoot() -> None:
            nonlocal shots
            shots += 1
            if SHOTS:
                await page.screenshot(path=str(Path(SHOTS) / f"guardians-{shots:02}.png"))

        mona, karim = Chatter(page, MONA), Chatter(page, KARIM)
        await karim.start()
        await karim.press("English")
        await karim.press("Register for the event")
        await karim.press("13 to 17")
        await karim.sees("Before you go on")
        await shoot()
        await karim.press("I understand, go on")
        await karim.sees("Waiting for your parent or guardian")
        await shoot()
        link = LINK.search(await karim.pane.inner_text())
        assert link is not None
        await karim.type("my e-mail is karim@example.org")
        await karim.sees("We did not keep what you wrote")

        await mona.start()
        await mona.sees("يُرجى اختيار اللغة")
        await mona.type(f"/start {link[1]}")
        await mona.press("العربية")
        await mona.sees("موافقة ولي الأمر")
        await shoot()
        await mona.press("أقر بذلك")
        await mona.sees("مضمون الموافقة")
        await shoot()
        await mona.press("أوافق")
        await mona.sees("يُرجى كتابة اسم من يوافق")
        await mona.type("منى الحداد")
        await mona.sees("رمز الموافقة")
        await karim.sees("Somebody agreed")
        await shoot()
        await karim.press("Yes, I know them")
        await karim.sees("What shall we call you?")
        await mona.sees("تأكدت الموافقة")
        await karim.type("Karim Haddad")
        await karim.sees("Only a first name or a nickname")
        await shoot()
        await karim.type("Karim")
        await karim.sees("In which country")
        await karim.type("Egypt")
        await karim.sees("accessible for you")
        await karim.press("Captions")
        await karim.sees("✓")
        await karim.press("Done choosing")
        await karim.sees("question for the speakers")
        await karim.press("Skip")
        await karim.sees("May reminders")
        await karim.press("Yes")
        await karim.sees("Please check the answers")
        await shoot()
        await karim.press("Confirm the registration")
        await karim.sees("Registered.")
        await shoot()

        await mona.type("/start child")
        await mona.sees("تسجيل طفل دون 13 سنة")
        await shoot()
        await mona.press("أقر بذلك وأوافق")
        await mona.press("أقل من 13 سنة")
        await mona.sees("ما الاسم الأول للطفل")
        await mona.type("سامي")
        await mona.sees("تم تسجيل")
        await mona.type("/my")
        await mona.sees("بصفة أحد الوالدين")
        await shoot()
        await mona.pane.get_by_role("button", name=re.compile("سحب الموافقة")).last.click()
        await mona.sees("تنتهي عندئذ المشاركة")
        await mona.press("نعم، سحب الموافقة")
        await mona.sees("انتهت المشاركة")
        await karim.sees("taken their consent back")
        await shoot()
        await karim.type("/start")
        await karim.sees("Please choose a language")


async def test_refused_expired_used_twice_and_the_wrong_chats_in_three_chats(tmp_path: Path) -> None:
    async with simulator(tmp_path) as address, browser_page(address, width=1500, height=1000) as page:
        shots = 0

        async def shoot() -> None:
            nonlocal shots
            shots += 1
            if SHOTS:
                await page.screenshot(path=str(Path(SHOTS) / f"three-chats-{shots:02}.png"))

        await page.get_by_test_id("add-person").click()
        await page.locator("#add-form input[name=first_name]").fill("Sami")
        await page.locator("#add-form select[name=language_code]").select_option("en")
        await page.locator("#add-form button[type=submit]").last.click()
        mona, karim, sami = Chatter(page, MONA), Chatter(page, KARIM), Chatter(page, KARIM + 1)
        await sami.pane.wait_for(state="visible")

        async def mona_asks() -> str:
            before = len(LINK.findall(await mona.pane.inner_text()))
            for label in ("العربية", "التسجيل في الحدث", "من 13 إلى 17 سنة", "فهمت، نتابع"):
                await mona.pane.locator("article").last.get_by_role("button", name=label, exact=True).click()
            await page.wait_for_function(
                "([id, many]) => document.querySelector(`[data-testid=chat-${id}]`).innerText.split('start=g_').length > many",
                arg=[str(MONA), before + 1],
            )
            return LINK.findall(await mona.pane.inner_text())[-1]

        # Her own chat is the wrong one; a guardian refuses: everything is erased, and both are told.
        await mona.start()
        link = await mona_asks()
        await mona.type(f"/start {link}")
        await mona.sees("ويعمل في محادثته لا في هذه المحادثة")
        await shoot()
        await karim.start()
        await karim.press("English")
        await karim.type(f"/start {link}")
        await karim.press("I declare this")
        await karim.sees("What you are asked to agree to")
        await shoot()
        await karim.press("I do not agree")
        await karim.sees("Nothing about you is kept of it")
        await mona.sees("كان جواب ولي الأمر لا")
        await shoot()

        # A link that nobody answers ends by itself.
        await mona.type("/start")
        link = await mona_asks()
        for _ in range(8):
            await page.get_by_test_id("clock-day").click()
        await mona.sees("لم تصل موافقة في الوقت المحدد")
        await karim.type(f"/start {link}")
        await karim.sees("This link does not work")
        await shoot()

        # One that was used is used up, and somebody whom the young person does not know counts for nothing.
        await mona.type("/start")
        link = await mona_asks()
        await karim.type(f"/start {link}")
        await karim.press("I declare this")
        await karim.press("I agree")
        await karim.sees("Please write your name")
        await karim.type("Karim Haddad")
        await mona.sees("وصلت موافقة")
        await sami.start()
        await sami.press("English")
        await sami.type(f"/start {link}")
        await sami.sees("This link does not work")
        await shoot()
        await mona.press("لا أعرف هذا الاسم")
        await karim.sees("It does not count, and the name given with it is erased")
        await shoot()
