"""What arrives besides an answer: the morning message, alarms, the weekly posts, the heartbeat.

Composes posts for the outbox and hands them to the scheduler's tick. May import everything in `bot`
but the doors themselves; never talks to Slack but through a `Channel`.
"""
