"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# whole microseconds since 1970 on SQLite
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 1380271945")  # "REGI": restore knows a file of ours by it
    op.create_table(
        "inbox",
        sa.Column(
            "id",
            ROW_ID,
            nullable=False,
            comment="the service: order of arrival; kept until the purge of settled rows",
        ),
        sa.Column(
            "update_id",
            sa.BigInteger(),
            nullable=False,
            comment="the service: the same update twice; kept until the purge of settled rows",
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            nullable=True,
            comment="the person: order within the chat; kept until the purge of settled rows",
        ),
        sa.Column(
            "raw",
            sa.Text(),
            nullable=True,
            comment="the person: the update as it came; kept until it is handled or set aside",
        ),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="the service: waiting, handled or set_aside; kept until the purge of settled rows",
        ),
        sa.Column(
            "attempts",
            sa.Integer(),
            nullable=False,
            comment="the service: failed tries are bounded; kept until the purge of settled rows",
        ),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="the service: why it failed, for the operator; kept until the purge of settled rows",
        ),
        sa.Column(
            "received_at",
            INSTANT,
            nullable=False,
            comment="the person: how long it waits; kept until the purge of settled rows",
        ),
        sa.Column(
            "settled_at",
            INSTANT,
            nullable=True,
            comment="the person: when it may be purged; kept until the purge of settled rows",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("update_id", name="uq_inbox_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_set_aside",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'set_aside'"),
        postgresql_where=sa.text("state = 'set_aside'"),
    )
    op.create_index(
        "ix_inbox_settled",
        "inbox",
        ["settled_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NOT NULL"),
        postgresql_where=sa.text("settled_at IS NOT NULL"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            ROW_ID,
            nullable=False,
            comment="the service: order of sending; kept until the purge of settled rows",
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            nullable=False,
            comment="the person: where it goes; kept until the purge of settled rows",
        ),
        sa.Column(
            "template",
            sa.Text(),
            nullable=False,
            comment="the service: which screen it is, for the operator; kept until the purge of settled rows",
        ),
        sa.Column(
            "screen",
            sa.Text(),
            nullable=True,
            comment="the person: the text and buttons to send; kept until it is sent or given up",
        ),
        sa.Column(
            "edit",
            sa.BigInteger(),
            nullable=True,
            comment="the person: the message it changes; kept until the purge of settled rows",
        ),
        sa.Column(
            "live",
            sa.Boolean(),
            nullable=False,
            comment="the service: it becomes the current screen; kept until the purge of settled rows",
        ),
        sa.Column(
            "fold",
            sa.Boolean(),
            nullable=False,
            comment="the service: a later screen replaces it; kept until the purge of settled rows",
        ),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="the service: waiting, sent, set_aside or blocked; kept until the purge of settled rows",
        ),
        sa.Column(
            "attempts",
            sa.Integer(),
            nullable=False,
            comment="the service: tries are bounded; kept until the purge of settled rows",
        ),
        sa.Column(
            "not_before",
            INSTANT,
            nullable=True,
            comment="the service: Telegram asked to wait; kept until the purge of settled rows",
        ),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="the service: why it failed, for the operator; kept until the purge of settled rows",
        ),
        sa.Column(
            "message_id",
            sa.BigInteger(),
            nullable=True,
            comment="the person: what was sent; kept until the purge of settled rows",
        ),
        sa.Column(
            "created_at",
            INSTANT,
            nullable=False,
            comment="the person: how long it waits; kept until the purge of settled rows",
        ),
        sa.Column(
            "settled_at",
            INSTANT,
            nullable=True,
            comment="the person: when it may be purged; kept until the purge of settled rows",
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_set_aside",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'set_aside'"),
        postgresql_where=sa.text("state = 'set_aside'"),
    )
    op.create_index(
        "ix_outbox_settled",
        "outbox",
        ["settled_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NOT NULL"),
        postgresql_where=sa.text("settled_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outbox_waiting_chat",
        "outbox",
        ["chat_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "people",
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="the person: who writes; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "language",
            sa.Text(),
            nullable=True,
            comment="the person: the language picked; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "language_hint",
            sa.Text(),
            nullable=True,
            comment="the person: which to offer first; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "country",
            sa.Text(),
            nullable=True,
            comment="the person: digits and months; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "zone",
            sa.Text(),
            nullable=True,
            comment="the person: times are shown in it; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "screen_message_id",
            sa.BigInteger(),
            nullable=True,
            comment="the person: screen to edit; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "reply_keyboard",
            sa.Boolean(),
            nullable=False,
            comment="the person: a keyboard to take away; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "expecting",
            sa.Text(),
            nullable=True,
            comment="the person: what a text would answer; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "blocked_at",
            INSTANT,
            nullable=True,
            comment="the person: nothing is sent since; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "created_at",
            INSTANT,
            nullable=False,
            comment="the person: first contact; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "updated_at",
            INSTANT,
            nullable=False,
            comment="the person: when the purge is due; kept until the person erases it or the purge after the event",
        ),
        sa.PrimaryKeyConstraint("chat_id"),
    )
    op.create_table(
        "drafts",
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            nullable=False,
            comment="the person: whose form it is; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.Column(
            "event_id",
            sa.Text(),
            nullable=False,
            comment="the service: which event; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.Column(
            "data",
            sa.Text(),
            nullable=False,
            comment="the person: answers so far and the current question; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.Column(
            "begun_at",
            INSTANT,
            nullable=False,
            comment="the person: grace after the closing; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.Column(
            "updated_at",
            INSTANT,
            nullable=False,
            comment="the person: when it expires; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.Column(
            "cancelled_at",
            INSTANT,
            nullable=True,
            comment="the person: the cancel can be undone; kept until it is confirmed, cancelled for an hour or expired",
        ),
        sa.PrimaryKeyConstraint("chat_id", "event_id"),
    )
    op.create_table(
        "registrations",
        sa.Column(
            "id",
            ROW_ID,
            nullable=False,
            comment="the service: order of creation; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "event_id",
            sa.Text(),
            nullable=False,
            comment="the service: which event; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "number",
            sa.Text(),
            nullable=False,
            comment="the person: to be quoted and found by; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            nullable=False,
            comment="the person: who may see and change it; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="the person: whether a place is held; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "language",
            sa.Text(),
            nullable=False,
            comment="the person: counts, mail language; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "country",
            sa.Text(),
            nullable=True,
            comment="the person: counts; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "zone",
            sa.Text(),
            nullable=True,
            comment="the person: times are shown in it; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=True,
            comment="the person: counts by participant; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "email_key",
            sa.Text(),
            nullable=True,
            comment="the person: two of one person; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "phone_key",
            sa.Text(),
            nullable=True,
            comment="the person: two of one person; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "search",
            sa.Text(),
            nullable=False,
            comment="the person: organisers find by name; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "answers",
            sa.Text(),
            nullable=False,
            comment="the person: what was asked for; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "form_version",
            sa.Text(),
            nullable=False,
            comment="the service: what was asked; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "consent_version",
            sa.Text(),
            nullable=False,
            comment="the service: proof of consent; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "consented_at",
            INSTANT,
            nullable=True,
            comment="the person: proof of consent; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "note",
            sa.Text(),
            nullable=False,
            comment="the organisers: why they changed it; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "merged_into",
            sa.Text(),
            nullable=True,
            comment="the person: where it went on; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "created_at",
            INSTANT,
            nullable=False,
            comment="the person: order, late or not; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "updated_at",
            INSTANT,
            nullable=False,
            comment="the person: last correction; kept until the person erases it or the purge after the event",
        ),
        sa.Column(
            "withdrawn_at",
            INSTANT,
            nullable=True,
            comment="the person: when it ended; kept until the person erases it or the purge after the event",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "number", name="uq_registrations_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_registrations_chat", "registrations", ["event_id", "chat_id", "id"], unique=False)
    op.create_index(
        "ix_registrations_email",
        "registrations",
        ["event_id", "email_key"],
        unique=False,
        sqlite_where=sa.text("email_key IS NOT NULL"),
        postgresql_where=sa.text("email_key IS NOT NULL"),
    )
    op.create_index(
        "ix_registrations_phone",
        "registrations",
        ["event_id", "phone_key"],
        unique=False,
        sqlite_where=sa.text("phone_key IS NOT NULL"),
        postgresql_where=sa.text("phone_key IS NOT NULL"),
    )
    op.create_index(
        "uq_registrations_active",
        "registrations",
        ["event_id", "chat_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('confirmed', 'late')"),
        postgresql_where=sa.text("status IN ('confirmed', 'late')"),
    )
    op.create_table(
        "timers",
        sa.Column(
            "id",
            ROW_ID,
            nullable=False,
            comment="the service: which arming it is; kept until it is done or disarmed",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="the service: what is due; kept until it is done or disarmed",
        ),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="the service: one of a kind for each key; kept until it is done or disarmed",
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            nullable=True,
            comment="the person: whose it is; kept until it is done or disarmed",
        ),
        sa.Column(
            "due_at",
            INSTANT,
            nullable=False,
            comment="the person: when it is due; kept until it is done or disarmed",
        ),
        sa.Column(
            "data",
            sa.Text(),
            nullable=False,
            comment="the person: what it needs when it is due; kept until it is done or disarmed",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "key", name="uq_timers_kind_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_timers_due", "timers", ["due_at", "id"], unique=False)
    op.create_table(
        "meta",
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="the service: name of a fact; kept as long as the service runs",
        ),
        sa.Column(
            "value",
            sa.Text(),
            nullable=False,
            comment="the service: polling offset, clock reading; kept as long as the service runs",
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "group_greetings",
        sa.Column(
            "chat_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="the group: which group was greeted; kept as long as the service runs",
        ),
        sa.Column(
            "greeted_at",
            INSTANT,
            nullable=False,
            comment="the group: one line a day; kept as long as the service runs",
        ),
        sa.PrimaryKeyConstraint("chat_id"),
    )
