"""Write locales/handout.pot and staff.pot, and bring every .po up to date: `extract_catalogs.py`.

A sentence whose Danish changed turns fuzzy, with what it was beside it; a new one stands empty.
`--check` changes nothing and fails when a file is not as it would be written.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from messages import extraction  # noqa: E402 - found beside this file, installed or not

PACKAGES = ("messages", "scheduler", "bot")


def sources() -> list[tuple[str, str]]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files]


def main(*, check: bool) -> int:
    stale = []
    for domain in ("handout", "staff"):
        template = extraction.template(domain, sources())
        wanted = {ROOT / "locales" / f"{domain}.pot": extraction.written(template)}
        for po in sorted((ROOT / "locales").glob(f"*/LC_MESSAGES/{domain}.po")):
            wanted[po] = extraction.brought_up_to_date(po.read_bytes(), template)
        for file, content in wanted.items():
            if not file.exists() or file.read_bytes() != content:
                stale.append(str(file.relative_to(ROOT)))
                if not check:
                    file.write_bytes(content)
    for name in stale:
        print(name)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
