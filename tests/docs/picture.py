"""Makes docs/pictures/simulator.png: two people of the simulator's page have registered, in Arabic and in English.

    .venv/bin/python -m tests.docs.picture [FILE]

Needs a Chromium on the PATH, as the browser tests do.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.browser.page import Chatter, browser_page, simulator

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "simulator.png"
MONA, KARIM = 700000001, 700000002  # the two people that a new simulator has

# What each sees, and what they do then: press a button, type, or press a key of the reply keyboard.
ARABIC = (
    ("يُرجى اختيار اللغة", "press", "العربية"),
    ("يُغلق التسجيل", "press", "التسجيل في الحدث"),
    ("الفئة العمرية", "press", "18 سنة أو أكثر"),
    ("قبل الأسئلة الشخصية", "press", "أوافق"),
    ("لمن هذا التسجيل", "press", "لي وحدي"),
    ("ما صفة المشاركة", "press", "هيئة تنظيمية"),
    ("من أي بلد", "type", "الأردن"),
    ("ما البلد الذي تمثله", "type", "الأردن"),
    ("اللقب", "press", "تخطٍّ"),
    ("الاسم الأول", "type", "منى"),
    ("اسم العائلة", "type", "الهاشمي"),
    ("بالحروف الأخرى", "type", "Mona Al Hashemi"),
    ("ما اسم الجهة", "type", "هيئة تنظيم الاتصالات TRC"),
    ("المنصب", "type", "إدارة السياسات"),
    ("البريد الإلكتروني", "type", "mona.hashemi@example.org"),
    ("رقم الهاتف", "reply", "تخطٍّ"),
    ("تجربة وطنية", "press", "لا"),
    ("ييسر المتابعة", "press", "تخطٍّ"),
    ("سؤال للمتحدثين", "press", "تخطٍّ"),
    ("رسائل تذكير", "press", "نعم"),
    ("مراجعة الإجابات", "press", "تأكيد التسجيل"),
    ("رقم التسجيل", "", ""),
)
ENGLISH = (
    ("Please choose a language", "press", "English"),
    ("Registration closes", "press", "Register for the event"),
    ("age group", "press", "18 or over"),
    ("Before the personal questions", "press", "I agree"),
    ("Who is to be registered", "press", "Only me"),
    ("In what capacity", "press", "Parent or family"),
    ("In which country", "type", "morocco"),
    ("title", "press", "Skip"),
    ("given name", "type", "Karim"),
    ("family name", "type", "Haddad"),
    ("other script", "type", "كريم حداد"),
    ("e-mail", "type", "karim.haddad@example.org"),
    ("phone number", "reply", "Skip"),
    ("national experience", "press", "No"),
    ("accessible", "press", "Skip"),
    ("question for the speakers", "press", "Skip"),
    ("reminders", "press", "Yes"),
    ("Please check the answers", "press", "Confirm the registration"),
    ("Registration number", "", ""),
)


async def register(chatter: Chatter, dialogue: tuple[tuple[str, str, str], ...]) -> None:
    """From Start to the number."""
    await chatter.start()
    for seen, act, what in dialogue:
        await chatter.sees(seen)
        match act:
            case "press":
                await chatter.press(what)
            case "type":
                await chatter.type(what)
            case "reply":
                await chatter.press_reply(what)


async def take(picture: Path) -> None:
    """Register both and write the screenshot."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            simulator(Path(folder)) as address,
            browser_page(address, width=1040, height=1000) as page,
        ):
            await register(Chatter(page, MONA), ARABIC)
            await register(Chatter(page, KARIM), ENGLISH)
            await page.screenshot(path=str(picture))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    target.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(target))
    sys.stdout.write(f"{target}: {target.stat().st_size // 1024} kB\n")
