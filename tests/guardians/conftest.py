"""An office over a real SQLite store; a young person, two adults, and an organiser who write to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.store import SqlStore
from tests.guardians.house import ORGANISER, House, house_over
from tests.registration.office import Room


@pytest.fixture
def house(sqlite_store: SqlStore) -> House:
    """The desk with the shipped content, twelve days before registration closes."""
    return house_over(sqlite_store)


@pytest.fixture
def path(sqlite_url: str) -> Path:
    """The file of the store."""
    return Path(str(make_url(sqlite_url).database))


@pytest.fixture
def nour(house: House) -> Room:
    """A young person."""
    return house.room(7001, "en")


@pytest.fixture
def mona(house: House) -> Room:
    """Nour's mother."""
    return house.room(7002, "en")


@pytest.fixture
def karim(house: House) -> Room:
    """Another adult."""
    return house.room(7003, "en")


@pytest.fixture
def organiser(house: House) -> Room:
    """Somebody of the office."""
    return house.room(ORGANISER, "en")
