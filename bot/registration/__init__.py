"""What happens around the form: greeting, the window of time, confirming, correcting, withdrawing.

`desk.receive` takes what one chat did and says what is to be stored and shown. It asks the store only through
`bot.ports`; it never sends, and never asks the time.
"""
