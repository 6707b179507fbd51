"""What is due, and the stored truth: plans, workdays, cases, nudges, the outbox and the audit.

May import `messages` and `locales`. Must never import Slack: what is sent goes through a `Channel`
that `bot` hands in. The clock comes as an argument; only `clock.py` lets APScheduler tick.
"""
