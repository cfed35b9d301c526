"""The chat page in a real browser, against a tiny bot that polls like any other."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.request import HTTPXRequest

from bot.simulator import SimulatedTelegram
from bot.simulator.chat_page import page_routes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page is not tested"),
]
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WELCOME = {
    "ar": "<b>أهلًا وسهلًا</b>\nالتسجيل في «الحوار الإقليمي» مفتوح حتى 22 نوفمبر 2020.\n"
    "البريد الإلكتروني: \u2068mona@example.org\u2069، والمساعدة: /help\nWelcome: Arabic or English?",
    "en": "<b>Welcome</b>\nRegistration for the regional dialogue is open until 22 November 2020.\n"
    "In Arabic: الحوار الإقليمي، بالعربية أو الإنجليزية.\nMore: https://t.me/CopDialogueBot?start=again",
}
KEYS = {"ar": [["العربية", "English"], ["التالي ▸"]], "en": [["العربية", "English"], ["Next ▸"]]}


async def tiny_bot(telegram: SimulatedTelegram) -> None:
    """Greets, edits its greeting on a tap, sends a file on `file`."""
    loopback = {"trust_env": False}
    async with Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=HTTPXRequest(httpx_kwargs=loopback),
        get_updates_request=HTTPXRequest(httpx_kwargs=loopback),
    ) as bot:
        await bot.set_my_commands([("help", "Help"), ("language", "Language")])
        await bot.set_my_commands([("help", "المساعدة"), ("language", "اللغة")], language_code="ar")
        await bot.set_my_name("حوار حماية الأطفال", language_code="ar")
        await bot.set_my_description("يسجّل هذا البوت المشاركين في الحوار الإقليمي.", language_code="ar")
        await bot.set_my_description("Registers participants of the regional dialogue.")
        offset = 0
        while True:
            for update in await bot.get_updates(offset, timeout=30):
                offset = update.update_id + 1
                await _handled(bot, update)


async def _handled(bot: Bot, update: Update) -> None:
    if update.callback_query is not None:
        await update.callback_query.answer("✓")
        await update.callback_query.edit_message_text(f"{update.callback_query.data}\nتم · done")
    elif update.message is not None and update.message.from_user is not None:
        if update.message.text == "file":
            await bot.send_document(update.message.chat.id, InputFile(b"a,b\r\n", "قائمة.csv"), caption="CSV")
            return
        language = "ar" if update.message.from_user.language_code == "ar" else "en"
        rows = [[InlineKeyboardButton(text, callback_data=text) for text in row] for row in KEYS[language]]
        share = InlineKeyboardButton("Share", url="https://t.me/share/url?url=https://t.me/CopDialogueBot?start=ref")
        await bot.send_message(
            update.message.chat.id,
            WELCOME[language],
            parse_mode="HTML",
            reply_markup=InlineKeyboardMarkup([*rows, [share]]),
        )


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    telegram = SimulatedTelegram()
    telegram.more_routes = page_routes(telegram)
    telegram.add_person("منى", "ar", 501)
    telegram.add_person("Karim", "en", 502)
    async with telegram:
        bot = asyncio.create_task(tiny_bot(telegram))
        yield telegram
        bot.cancel()
        with suppress(asyncio.CancelledError):
            await bot


@pytest.fixture
async def page(telegram: SimulatedTelegram) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(telegram.url)
        yield page
        await browser.close()
        assert faults == []


async def _picture(page: Page, name: str) -> None:
    """Kept only where someone wants to look: SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_two_people_talk_with_the_bot_side_by_side(page: Page, telegram: SimulatedTelegram) -> None:
    await expect(page.get_by_test_id("chat-501")).to_contain_text("يسجّل هذا البوت")
    await _picture(page, "empty")
    await page.get_by_test_id("start-501").click()
    await page.get_by_test_id("start-502").click()
    mona, karim = page.get_by_test_id("chat-501"), page.get_by_test_id("chat-502")
    await expect(mona.locator(".message.bot")).to_contain_text("أهلًا وسهلًا")
    await expect(karim.locator(".message.bot")).to_contain_text("Welcome")
    await expect(mona).to_have_attribute("dir", "rtl")
    await _picture(page, "greeting")
    await mona.get_by_role("button", name="التالي ▸").click()
    await expect(mona.locator(".message.bot").first).to_contain_text("تم · done")
    await expect(mona.locator(".edited")).to_have_text("معدَّلة")
    composer = page.get_by_test_id("composer-502")
    await composer.fill("file")
    await composer.press("Enter")
    async with page.expect_download() as started:
        await karim.locator(".file").click()
    download = await started.value
    assert download.suggested_filename == "قائمة.csv"
    assert Path(await download.path()).read_bytes() == b"a,b\r\n"
    await page.get_by_test_id("attach-502").click()
    await _picture(page, "attach")
    await page.get_by_test_id("attach-photo-502").click()
    await expect(karim.locator(".media.photo")).to_be_visible()
    await page.get_by_test_id("menu-501").click()
    await page.get_by_test_id("command-help-501").click()
    await expect(mona.locator(".message.own").last).to_contain_text("/help")
    await _picture(page, "talk")


async def test_links_to_the_bot_start_it_and_a_shared_link_reaches_a_friend(
    page: Page, telegram: SimulatedTelegram
) -> None:
    await page.get_by_test_id("start-502").click()
    karim, mona = page.get_by_test_id("chat-502"), page.get_by_test_id("chat-501")
    await karim.get_by_role("link", name="https://t.me/CopDialogueBot?start=again").click()
    await expect(karim.locator(".message.own").last).to_contain_text("/start again")
    await karim.get_by_role("button", name="Share").last.click()
    await page.get_by_test_id("forward-501").click()
    await expect(mona.locator(".message.friend")).to_contain_text("start=ref")
    await _picture(page, "friend")


async def test_a_person_blocks_and_comes_back_and_one_more_is_added(page: Page, telegram: SimulatedTelegram) -> None:
    await page.get_by_test_id("start-502").click()
    await page.get_by_test_id("more-502").click()
    await page.get_by_test_id("block-502").click()
    await expect(page.get_by_test_id("start-502")).to_have_text("Restart")
    assert telegram.person(502).user.blocked
    await page.get_by_test_id("start-502").click()
    await expect(page.get_by_test_id("composer-502")).to_be_visible()
    await page.get_by_test_id("add-person").click()
    await page.get_by_label("Name").fill("هدى")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".pane")).to_have_count(3)


async def test_the_page_fits_a_phone_in_the_dark(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.emulate_media(color_scheme="dark")
    await page.get_by_test_id("start-501").click()
    await expect(page.get_by_test_id("chat-501").locator(".message.bot")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await _picture(page, "phone")
