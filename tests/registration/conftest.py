"""An office over a real SQLite store, and two people who write to it."""

from __future__ import annotations

import pytest

from storage.store import SqlStore
from tests.registration.office import Office, Room, office_over


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    """The desk with the shipped content, twelve days before registration closes."""
    return office_over(sqlite_store)


@pytest.fixture
def nour(office: Office) -> Room:
    """Somebody whose app speaks English."""
    return office.room(7001, "en")


@pytest.fixture
def salma(office: Office) -> Room:
    """Somebody whose app speaks Arabic."""
    return office.room(7002, "ar")
