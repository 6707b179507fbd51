"""Slack cards: pure functions from a result to Block Kit, one file a card."""
