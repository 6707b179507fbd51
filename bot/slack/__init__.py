"""Slack as a door: listeners translate to and from actions, cards are pure, the channel posts."""
