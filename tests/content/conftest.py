from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import Loaded, load

CONTENT = Path(__file__).parents[2] / "content"

Change = tuple[str, str, str]  # file, what stands there once, what is to stand there


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the content that ships."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def load_changed(directory: Path) -> Callable[..., Loaded]:
    """Load the content that ships after changes to it."""

    def changed(*changes: Change) -> Loaded:
        for name, old, new in changes:
            text = (directory / name).read_text(encoding="utf-8")
            assert old in text, f"{name} no longer has {old!r}"
            (directory / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return load(directory)

    return changed
