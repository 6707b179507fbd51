"""The command line: one file a command, each only translating to and from an action."""
