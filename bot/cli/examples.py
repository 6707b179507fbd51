"""One right example of each command, shown in its help, in its refusals and in docs/commands.md."""

from __future__ import annotations

from bot.words import Words
from messages.errors import Problem
from messages.tables import N_, did_you_mean

EXAMPLES = {
    "": 'ask "Hvad er ATP?"',
    "ask": 'ask "Hvad er ATP?"',
    "backup": "backup kopi-2026-11-22.db",
    "check": "check",
    "childcare": "childcare --income 380.000 --price 3.500",
    "demo": "demo --once",
    "desk": "desk --demo",
    "doctor": "doctor",
    "followups": "followups list",
    "followups add": (
        "followups add --plan virksomhedspraktik --case INT-1042 --start 2026-12-07 --owner mette"
    ),
    "followups dead-letters": "followups dead-letters",
    "followups digest": "followups digest",
    "followups done": "followups done INT-1042 tolk",
    "followups export": "followups export -o sager.ics",
    "followups forget": "followups forget INT-1042",
    "followups import": "followups import sager.csv --dry-run",
    "followups list": "followups list --owner mette --due",
    "followups outcome": "followups outcome INT-1042 job --start 2027-03-01",
    "followups preview": (
        "followups preview virksomhedspraktik --start 2026-12-07 --end 2027-02-26"
    ),
    "followups problem": "followups problem INT-1042 sprog",
    "followups reassign": "followups reassign mette ane",
    "followups set": "followups set INT-1042 --first-payday 2027-03-31",
    "followups snooze": "followups snooze INT-1042 tolk --until 2026-12-14",
    "followups stop": "followups stop INT-1042",
    "guidelines": "guidelines list",
    "guidelines add": 'guidelines add ferie.pdf --kind "local rule" --owner HR',
    "guidelines check": "guidelines check",
    "guidelines list": "guidelines list",
    "guidelines remove": "guidelines remove 7",
    "handout": "handout loenseddel --lang ar --set gross=24500 -o loenseddel.pdf",
    "handouts": "handouts --batch ark.csv --out ark",
    "languages": "languages",
    "openings": "openings list",
    "openings add": (
        "openings add --company Bageriet --place Vejle --trade bager --places 2 --until 2027-03-31"
    ),
    "openings close": "openings close 3f9a12",
    "openings fill": "openings fill 3f9a12 --count 1",
    "openings list": "openings list",
    "openings reserve": "openings reserve 3f9a12 --count 1",
    "pack": "pack loenseddel feriepenge --lang ar -o pakke.pdf",
    "payslip": "payslip --gross 24.500 --municipality Vejle",
    "pictures": "pictures -o billeder.pdf",
    "questions": "questions list",
    "questions answer": 'questions answer 3f9a12 "Spørg ydelsesafdelingen." --by mette',
    "questions dismiss": "questions dismiss 3f9a12",
    "questions list": "questions list",
    "questions report": "questions report",
    "rates": "rates --year 2026",
    "rates diff": "rates diff 2025 2026",
    "restore": "restore kopi-2026-11-22.db",
    "serve": "serve --config config.toml",
    "settings": "settings show mette",
    "settings set": "settings set mette --quiet 12:00-13:00",
    "settings show": "settings show mette",
    "site": "site --out site",
    "tax": "tax --gross-year 294.000 --municipality Vejle",
    "topics": "topics",
    "translations": "translations status",
    "translations check": "translations check ar",
    "translations export": "translations export ar ar.po",
    "translations import": "translations import ar ar.po",
    "translations new": "translations new ps",
    "translations sign-off": 'translations sign-off ar --by "Samira Haddad"',
    "translations status": "translations status",
}

# A value of each option that the example of its command leaves out.
_VALUES = {
    "--after-tax": "300",
    "--atp": "99",
    "--atp-year": "1.188",
    "--away": "2026-12-07 2026-12-11",
    "--benefits": "500",
    "--card": "main",
    "--children-under-18": "2",
    "--config": "config.toml",
    "--corpus": "vejledning.txt",
    "--dask": "tcp://10.0.0.5:8786",
    "--date": "2026-12-07",
    "--day-deduction": "170",
    "--days": "14",
    "--deduction": "5.000",
    "--domain": "handout",
    "--end": "2027-02-26",
    "--first-payday": "2027-03-31",
    "--gathered": "yes",
    "--host": "127.0.0.1",
    "--hours": "160,33",
    "--kind": "law",
    "--lang": "da",
    "--language": "da",
    "--months": "11",
    "--pension": "980",
    "--pension-pct": "4",
    "--pension-year": "11.760",
    "--percent": "38",
    "--period": "month",
    "--plan": "virksomhedspraktik",
    "--port": "8765",
    "--put-away": "3f9a12bc",
    "--rates": "rates-2027.toml",
    "--reset": "quiet",
    "--retry": "3f9a12bc",
    "--review-by": "2027-11-01",
    "--rounding": "payroll",
    "--set": "gross=24500",
    "--source": "intranettet",
    "--start": "2026-12-07",
    "--tax-free": "200",
    "--title": "Ferie",
    "--topic": "loenseddel",
    "--valid-from": "2026-12-01",
    "--valid-to": "2027-11-30",
    "--who": "mette",
    "--with": "rollemodel",
    "--workers": "2",
    "--year": "2026",
    "--years": "2026",
}
# Where an option takes the place of something in its command's example.
_INSTEAD = {
    ("", "--config"): "check --config config.toml",
    ("ask", "--batch"): "ask --batch spørgsmål.jsonl",
    ("followups reassign", "--case"): "followups reassign --case INT-1042 ane",
    ("followups snooze", "--hours"): "followups snooze INT-1042 tolk --hours 2",
    ("questions answer", "--file"): "questions answer 3f9a12 --file svar.txt --by mette",
    ("settings set", "--away"): "settings set mette --away 2026-12-07 2026-12-11",
}

# What a Danish speaker types first, and the command that she means.
DANISH = {
    "ark": "handout",
    "billeder": "pictures",
    "børnepasning": "childcare",
    "emner": "topics",
    "kopi": "backup",
    "loenseddel": "handout",
    "løn": "payslip",
    "lønseddel": "payslip",
    "opfølgning": "followups",
    "opfølgninger": "followups",
    "oversættelser": "translations",
    "pladser": "openings",
    "retningslinjer": "guidelines",
    "sager": "followups",
    "satser": "rates",
    "side": "desk",
    "skat": "tax",
    "skrivebord": "desk",
    "sprog": "languages",
    "spørg": "ask",
    "spørgsmål": "questions",
    "tjek": "check",
    "vejledninger": "guidelines",
}


def example(path: str, option: str = "") -> str:
    """The whole line of a right example: of the command at `path`, with `option` in it."""
    line = _INSTEAD.get((path, option)) or EXAMPLES.get(path, EXAMPLES[""])
    if option in _VALUES and option not in line.split():
        line = f"{line} {option} {_VALUES[option]}"
    return f"brobygger {line}"


def example_line(path: str, words: Words) -> str:
    """The example as it stands under a command's help, on a line of its own."""
    return f"{words(N_('F.eks.:'))} {example(path)}"


def nearest(typed: str, known: list[str], group: str) -> tuple[Problem, str]:
    """How a sentence on an unknown command ends, and the example that fits what was meant."""
    meant = DANISH.get(typed.lower(), "") if not group else ""
    inside = [] if group else [path for path in EXAMPLES if path.endswith(f" {typed}")]
    if meant in known:
        hint = Problem(N_("; mente du “{word}”?"), word=meant)
    elif len(inside) == 1:
        hint, meant = Problem(N_("; mente du “{word}”?"), word=inside[0]), inside[0]
    elif inside:
        hint, meant = Problem(N_("; vælg blandt {words}."), words=", ".join(inside)), inside[0]
    else:
        hint = did_you_mean(typed, known)
        meant = str(hint.values.get("word", ""))
    if not meant and not group:
        return hint, "brobygger --help"
    return hint, example(f"{group} {meant}".strip())
