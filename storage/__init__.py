"""The store: SQLAlchemy Core on SQLite or PostgreSQL. `bot.app` opens it; nothing else imports this package."""
