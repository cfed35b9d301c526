"""Telegram in, core call, screens out. No rule of the dialogue is decided here.

Bot API -> intake (inbox committed) -> processor -> parse -> router -> bot.registration / bot.organisers
        -> one commit (update handled, draft, registration, outbox) -> bot.delivery
"""
