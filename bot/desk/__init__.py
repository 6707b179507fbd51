"""The desk: server-rendered pages for caseworkers, translating to and from the same actions."""
