"""The outer shell: Slack, the desk, the command line, configuration, wiring, and the answers.

May import all three packages to its left. It alone reads the clock, the environment and the
network. Rules live in `bot.actions`; Slack, the desk and the terminal only translate to and
from them.
"""
