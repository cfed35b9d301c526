"""The core: what the bot decides, with no SQL and no wall clock in it.

Only `bot.delivery` and `bot.simulator` know Telegram; only `bot.app` knows `handlers` and `storage`.
"""
