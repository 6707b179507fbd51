"""Questions about guidelines, answered word for word: pure but for the index in SQLite."""
