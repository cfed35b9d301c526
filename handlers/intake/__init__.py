"""Updates on their way in: kept in the store before Telegram hears that they arrived."""
