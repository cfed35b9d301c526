"""What was erased, who of the organisers looked, and the key of the marks that know an erased chat again."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# whole microseconds since 1970 on SQLite
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
PROFILE = "until the person erases it, or 30 silent days without a form or a registration"
COMMENTS = {
    "people": {
        "chat_id": f"the person: who writes; kept {PROFILE}",
        "language": f"the person: the language picked; kept {PROFILE}",
        "language_hint": f"the person: which to offer first; kept {PROFILE}",
        "country": f"the person: digits and months; kept {PROFILE}",
        "zone": f"the person: times are shown in it; kept {PROFILE}",
        "screen_message_id": f"the person: screen to edit; kept {PROFILE}",
        "reply_keyboard": f"the person: a keyboard to take away; kept {PROFILE}",
        "expecting": f"the person: what a text would answer; kept {PROFILE}",
        "blocked_at": f"the person: nothing is sent since; kept {PROFILE}",
        "created_at": f"the person: first contact; kept {PROFILE}",
        "updated_at": f"the person: when the purge is due; kept {PROFILE}",
    },
    "group_greetings": {
        "chat_id": "the group: which group was greeted; kept 30 days",
        "greeted_at": "the group: one line a day; kept 30 days",
    },
}


def upgrade() -> None:
    op.create_table(
        "tombstones",
        _column("id", ROW_ID, "the service: order of erasing; kept as long as the service runs"),
        _column("event_id", sa.Text(), "the service: which event; kept as long as the service runs"),
        _column("number", sa.Text(), "the service: it is never given again; kept as long as the service runs", null=True),
        _column("chat_mark", sa.Text(), "the person: a restore erases the chat again; kept a year", null=True),
        _column("erased_at", INSTANT, "the person: what is older is erased again; kept as long as the service runs"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "number", name="uq_tombstones_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        _column("id", ROW_ID, "the service: order of what was done; kept a year"),
        _column("organiser", sa.BigInteger(), "the organiser: who did it; 0 is the command line; kept a year"),
        _column("what", sa.Text(), "the organiser: what was done, no answer and no word of it; kept a year"),
        _column("number", sa.Text(), "the organiser: to which registration; kept a year", null=True),
        _column("at", INSTANT, "the organiser: when; kept a year"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    meta = sa.table("meta", sa.column("key", sa.Text()), sa.column("value", sa.Text()))
    op.execute(meta.insert().values(key="mark_key", value=secrets.token_hex(32)))
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        for table, columns in COMMENTS.items():
            for column, comment in columns.items():
                op.execute(f"COMMENT ON COLUMN {table}.{column} IS '{comment}'")


def _column(name: str, kind: sa.types.TypeEngine[Any], said: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null, comment=said)
