"""The tables that only the doors need: the inbox of Slack events and the log of open questions."""
