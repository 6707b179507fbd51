"""What one Danish sentence for a refugee must be: short, plain, whole, and free of figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from messages.checks.finding import Finding, error, warning
from messages.readability import sentences, words
from messages.tables import N_

MOST_WORDS = 15
_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")
_TERM = re.compile(r"\[\[[^\[\]]+\]\]")
_SHORTENED = re.compile(
    r"\b(mv|m\.v|osv|bl\.a|ifm|jf|f\.eks|fx|kl|tlf|kr|pct|dvs|ca|evt|inkl|ekskl|pga|nr|stk|hhv)\b",
    re.IGNORECASE,
)
# Deponent verbs and nouns that end as a passive does.
_ACTIVE = r"deres|jeres|vores|fælles|alles|findes|synes|lykkes|mødes|dages|årets|trives|afsted"
_PASSIVE = re.compile(
    rf"\b(?!(?:{_ACTIVE})\b)\w{{3,}}es\b|\b(?:bliver|blev|blevet|blive)\s+\w+(?:et|ede|te)\b",
    re.IGNORECASE,
)


def sentence_findings(file: str, where: str, text: str) -> Iterator[Finding]:
    """What is wrong with a sentence of a topic, which may hold `{slots}` and `[[terms]]`."""
    for sentence in sentences(text):
        if len(words(sentence)) > MOST_WORDS:
            said = N_("sætningen har {words} ord; del den, så hver har højst {most}")
            yield error(file, where, said, words=len(words(sentence)), most=MOST_WORDS)
    bare = _SLOT.sub("", text)
    if figures := re.findall(r"[\d%][\d.,%]*", bare):
        said = N_("har tallet {figures}; brug et felt i krøllede parenteser, så det kan følge med")
        yield error(file, where, said, figures=", ".join(figures))
    if signs := unsafe(bare):
        said = N_("har tegn, der ikke må stå her: {signs}; skriv kun almindelig tekst")
        yield error(file, where, said, signs=", ".join(signs))
    plain = _TERM.sub("", bare)
    if shortened := _SHORTENED.findall(plain):
        said = N_("har forkortelsen {words}; skriv ordet helt ud")
        yield error(file, where, said, words=", ".join(shortened))
    if passive := _PASSIVE.search(plain):
        said = N_(
            "“{words}” ligner passiv; skriv hvem der gør det, f.eks. “din arbejdsgiver sender”"
        )
        yield warning(file, where, said, words=passive.group())


def unsafe(text: str) -> list[str]:
    """Signs that could become markup, turn the direction of text, or not be seen."""
    bare = _TERM.sub("", text)
    wrong = [sign for sign in bare if sign in "<>&{}[]`\\"]
    hidden = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
    wrong += [f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in hidden]
    wrong += [] if unicodedata.is_normalized("NFC", text) else ["NFD"]
    return list(dict.fromkeys(wrong))
