"""What a person can do, one function an intent: `(Actor, request) -> result`, or `Refused`.

An action checks the role, does the work and writes the audit. The doors (Slack, desk, terminal)
hold no rule of their own.
"""
