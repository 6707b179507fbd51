"""Reading every data file by itself, so that one that is wrong hides none of the others.

May import all data readers; the rules themselves are in `messages.checks`. Writes nothing.
"""
