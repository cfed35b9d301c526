"""Driving the simulator's page in a real Chromium, as a person would."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser_note import CHROMIUM

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000


@asynccontextmanager
async def simulator(data: Path) -> AsyncIterator[str]:
    """`python bot.py simulate` as a process of its own; yields the page's address."""
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TELEGRAM_BOT_TOKEN", "CLOCK_START")}
    log = (data / "log.txt").open("ab")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "bot.py",
        "simulate",
        "--data",
        str(data),
        "--port",
        "0",
        cwd=ROOT,
        env=clean,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
    )
    log.close()
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    address = re.search(r"http://\S+", line)
    assert address, f"no address in {line!r}; {(data / 'log.txt').read_text()[-2000:]}"
    try:
        yield address[0]
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def browser_page(address: str, *, width: int = 1280, height: int = 900) -> AsyncIterator[Page]:
    """The page in headless Chromium."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(address)
        yield page
        await browser.close()


class Chatter:
    """One of the people of the page."""

    def __init__(self, page: Page, user_id: int) -> None:
        self.page, self.user_id = page, user_id
        self.pane: Locator = page.get_by_test_id(f"chat-{user_id}")

    async def start(self) -> None:
        await self.page.get_by_test_id(f"start-{self.user_id}").click()

    async def type(self, text: str) -> None:
        await self.page.get_by_test_id(f"composer-{self.user_id}").fill(text)
        await self.page.get_by_test_id(f"send-{self.user_id}").click()

    async def sees(self, text: str) -> None:
        """Wait until the newest screen holds `text`."""
        await self.pane.get_by_text(text).last.wait_for(state="visible")

    async def press(self, label: str) -> None:
        """Press the newest inline button of that label."""
        await self.pane.get_by_role("button", name=label, exact=True).last.click()

    async def press_reply(self, label: str) -> None:
        """Press a key of the reply keyboard."""
        await self.page.get_by_test_id(f"reply-{self.user_id}-{label}").click()
