"""Opening the store and the content for a command, with every refusal said in one clear line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content import Content, load
from bot.ports import StoreUnavailable
from bot.settings import Refusal
from storage.errors import StoreInUse, UnusableStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.store import SqlStore


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the store says of itself into a Refusal for the command line."""
    try:
        yield
    except (StoreInUse, UnusableStore) as e:
        raise Refusal(str(e)) from e
    except ModuleNotFoundError as e:
        if e.name != "asyncpg":
            raise
        cure = "pip install --require-hashes -r requirements-postgres.txt"
        raise Refusal(f"DATABASE_URL: PostgreSQL needs its driver; {cure}") from e
    except StoreUnavailable as e:
        raise Refusal(f"the store can't be reached now: {e}") from e


@asynccontextmanager
async def opened(url: str, *, lock: bool) -> AsyncIterator[SqlStore]:
    """The store at `url`, closed afterwards. Without `lock` it must exist. Raises Refusal."""
    from storage.store import open_store

    with refusals():
        if not lock and not exists(url):
            raise Refusal("DATABASE_URL: there is no store there yet; the first `python bot.py run` makes it")
        store = await open_store(url, lock=lock)
    try:
        yield store
    finally:
        await store.close()


def exists(url: str) -> bool:
    """False where `url` names a SQLite file that is not there; a server is taken at its word."""
    from storage.store import parse_url

    where = parse_url(url)
    return not isinstance(where, Path) or where.exists()


def load_content(directory: Path) -> Content:
    """The content, or a Refusal with every fault."""
    loaded = load(directory)
    if loaded.content is None:
        raise Refusal("\n".join(str(f) for f in loaded.faults))
    return loaded.content
