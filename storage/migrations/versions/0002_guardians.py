"""Young people and their guardians: who agreed for whom, and whose a registration is."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# whole microseconds since 1970 on SQLite
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
REGISTRATION = "until the person erases it or the purge after the event"
LINK = "until it is refused, expires, is revoked or the consent ends"
ACTIVE = "status IN ('confirmed', 'late') AND role <> 'child'"


def upgrade() -> None:
    op.add_column(
        "registrations",
        sa.Column(
            "role",
            sa.Text(),
            nullable=False,
            server_default="adult",
            comment=f"the person: adult, young or child: what may be shown of it; kept {REGISTRATION}",
        ),
    )
    op.add_column(
        "registrations",
        sa.Column(
            "guardian_chat_id",
            sa.BigInteger(),
            nullable=True,
            comment=f"the guardian: who consented; kept {REGISTRATION}",
        ),
    )
    op.drop_index("uq_registrations_active", "registrations")
    op.create_index(
        "uq_registrations_active",
        "registrations",
        ["event_id", "chat_id"],
        unique=True,
        sqlite_where=sa.text(ACTIVE),
        postgresql_where=sa.text(ACTIVE),
    )
    op.create_table(
        "guardianships",
        _column("id", ROW_ID, "the service: order of creation"),
        _column("event_id", sa.Text(), "the service: which event"),
        _column("young_chat_id", sa.BigInteger(), "the young person: who waits for consent"),
        _column("token_key", sa.Text(), "the young person: SHA-256 that knows the link again", null=True),
        _column("code", sa.Text(), "the young person: what a guardian quotes to the office"),
        _column("status", sa.Text(), "the young person: how far the consent is"),
        _column("guardian_chat_id", sa.BigInteger(), "the guardian: who is told", null=True),
        _column("guardian_name", sa.Text(), "the guardian: who consented", null=True),
        _column("agreed_how", sa.Text(), "the guardian: in chat, or how the office was told"),
        _column("agreed_at", INSTANT, "the guardian: proof of consent", null=True),
        _column("created_at", INSTANT, "the young person: how long the link holds"),
        _column("expires_at", INSTANT, "the young person: when the link ends"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "code", name="uq_guardianships_code"),
        sa.UniqueConstraint("event_id", "young_chat_id", name="uq_guardianships_young"),
        sa.UniqueConstraint("token_key", name="uq_guardianships_token"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_guardianships_guardian", "guardianships", ["event_id", "guardian_chat_id"], unique=False
    )


def _column(name: str, kind: sa.types.TypeEngine[Any], said: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null, comment=f"{said}; kept {LINK}")
