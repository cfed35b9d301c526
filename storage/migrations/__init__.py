"""Alembic's revisions, run by `storage.migrate`."""
