"""Handouts by the thousand: rows of a CSV become jobs, jobs become files, whoever does the work.

May import `messages` and the action that makes one handout; never Slack, the desk or a store. Only
`pools` knows which executor it is.
"""
