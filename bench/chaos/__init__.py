"""People register while the bot is killed at random instants; afterwards it is counted what was lost or doubled.

walker: one person's eyes and hands. ledger: what they answered and saw acknowledged. victim: the bot's process and
its deaths. verdict: the books compared. replay: the same updates given to a bot that nobody kills.
"""
