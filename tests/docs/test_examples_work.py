"""What a page tells its reader to type, paste or copy does what the page says."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.app.runtime import LISTEN, Runtime
from bot.simulator import SimulatedTelegram
from handlers.intake.webhook import MAX_BODY
from tests.docs.pages import ROOT, page

DEPLOY = ROOT / "docs" / "deploy"


async def test_the_example_of_a_dialogue_in_a_test_runs(bot: Runtime, telegram: SimulatedTelegram) -> None:
    example = next(block for block in page("docs/developers.md").blocks if block.language == "python")
    assert len(example.text.splitlines()) <= 12
    room: dict[str, Any] = {}
    exec(example.text, room)  # noqa: S102 - our own page
    run = next(value for name, value in room.items() if name.startswith("test_"))
    await run(bot, telegram)


# --- files to copy ------------------------------------------------------------


@pytest.mark.slow
def test_what_the_container_copies_is_enough_to_run(tmp_path: Path) -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    for words in (shlex.split(line) for line in lines if line.startswith("COPY ")):
        *sources, target = words[1:]
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, tmp_path)
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    for arguments in (["check"], ["check", "--facts"], ["run", "--help"], ["simulate", "--help"]):
        done = subprocess.run(
            [sys.executable, "bot.py", *arguments], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_nginx_passes_on_to_where_the_bot_listens_and_takes_no_longer_bodies() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    default = LISTEN
    assert set(re.findall(r"proxy_pass\s+http://([^;/]+)", text)) == {default}
    assert f"client_max_body_size {MAX_BODY // 1024 // 1024}m;" in text
    assert text.count("{") == text.count("}")
    example = next(r for r in page("docs/operators.md").rows("## Settings") if r[0] == "`WEBHOOK_URL`")[3].strip("`")
    assert f"location = /{example.rpartition('/')[2]} {{" in text
    assert f"server_name {example.split('/')[2]};" in text


def test_the_service_starts_the_bot_and_may_write_where_the_store_is() -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(DEPLOY / "event-registration-bot.service", encoding="utf-8")
    service = unit["Service"]
    folder = service["WorkingDirectory"]
    assert service["ExecStart"] == f"{folder}/.venv/bin/python bot.py run"
    assert service["ReadWritePaths"] == f"{folder}/data"
    assert folder in page("docs/operators.md").text
