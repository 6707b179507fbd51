"""What `brobygger doctor` looks at: one finding a line, each with its remedy. Changes nothing.

What it asks of others (Slack, the sign-in's issuer) it asks once; Slack's part is bot.slack's.
"""
