"""What a person is told: sums, sentences, pictures and pages, as pure functions.

The same input gives the same bytes. May import `locales` and libraries that compute or render.
Must never touch Slack, a database, APScheduler, the clock, the environment or the network.
"""
