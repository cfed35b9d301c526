"""The one way out to Telegram: limits, retries, blocked chats, and what each answer means."""
