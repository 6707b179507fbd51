"""`python -m bot.answers.parser KIND FILE`: lines of one PDF or Word file as JSON, bounded."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from bot.answers.guarded import MEMORY, SECONDS, Unreadable


def run(kind: str, path: Path) -> dict[str, object]:
    """The lines of a file with their offsets in the text that they make, or why there is none."""
    if kind == "pdf":
        from bot.answers.pdf import read_pdf as read
    else:
        from bot.answers.word import read_word as read
    try:
        lines, title = read(path)
    except Unreadable as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": "too large"}
    except Exception:  # noqa: BLE001 - a parser may fail in any way on a hostile file
        return {"refused": "broken"}
    if not any(line.text.strip() for line in lines):
        return {"refused": "no text"}
    rows = []
    parts: list[str] = []
    length = 0
    for line in lines:
        parts.append(line.text)
        rows.append((line.text, length, length + len(line.text), line.page, line.level, line.kind))
        length += len(line.text) + 1
    return {"lines": rows, "raw": "\n".join(parts), "title": title}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(run(sys.argv[1], Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
