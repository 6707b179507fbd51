"""The row of a language that the table does not have yet: names, direction, fonts, plural rule."""

from __future__ import annotations

import re

from messages.alphabets import script_of
from messages.errors import MessagesError
from messages.languages import Direction, Language
from messages.tables import did_you_mean

# The scripts that the fonts in messages/fonts hold; another would print as empty boxes.
FONTS = {
    "LATIN": ("Noto Sans",),
    "CYRILLIC": ("Noto Sans",),
    "ARABIC": ("Noto Sans Arabic", "Noto Sans"),
    "ETHIOPIC": ("Noto Sans Ethiopic", "Noto Sans"),
}
# Where CLDR's own name is not what its readers call it, or Danes say it otherwise.
_NAMES = {
    "ckb": ("kurdisk (sorani)", "کوردی (سۆرانی)"),
    "ps": ("pashto", "پښتو"),
    "fa": ("farsi", "فارسی"),
    "tr": ("tyrkisk", "Türkçe"),
}
# CLDR's rules for whole numbers, in their shortest form; a test holds them against Babel's.
_TWO = "nplurals=2; plural=(n != 1);"
_ZERO_AND_ONE = "nplurals=2; plural=(n > 1);"
_MILLIONS = "nplurals=3; plural=(n == 0 || n == 1 ? 0 : n % 1000000 == 0 ? 1 : 2);"
_PLURALS = {
    **dict.fromkeys(
        ("ps", "ckb", "tr", "so", "ku", "ur", "sw", "sq", "de", "hu", "bg", "az"), _TWO
    ),
    **dict.fromkeys(("fa", "am", "ti"), _ZERO_AND_ONE),
    "fr": _MILLIONS,
}


def row_for(code: str) -> Language:
    """The row for the language `code`, with what CLDR knows of it.

    Raises MessagesError for a code that nobody uses, and for a script without a font here.
    """
    from babel import Locale, UnknownLocaleError, localedata
    from babel.plural import to_gettext

    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        known = [name for name in localedata.locale_identifiers() if "_" not in name]
        raise MessagesError(
            "Sproget “{code}” kendes ikke{hint} Skriv f.eks. brobygger translations new ps.",
            code=code,
            hint=did_you_mean(code, known),
        ) from None
    own = _NAMES.get(code, ("", str(locale.get_language_name() or "")))[1]
    danish = _NAMES.get(code, (str(Locale("da").languages.get(code) or ""), ""))[0]
    script = next((script_of(letter) for letter in own if letter.isalpha()), "")
    if script not in FONTS:
        raise MessagesError(
            "Der er ingen skrifttype til {language} ({own}), så et ark ville vise tomme felter. "
            "Brug en tolk, og brug arket på dansk.",
            language=danish or code,
            own=own,
        )
    rule = _PLURALS.get(code) or without_exponent(to_gettext(locale.plural_form))
    direction: Direction = "rtl" if locale.text_direction == "rtl" else "ltr"
    html = code.replace("_", "-")
    return Language(code, danish or own, own, code, html, direction, FONTS[script], rule)


def row_toml(language: Language) -> str:
    """The row as languages.toml holds it."""
    fonts = ", ".join(f'"{font}"' for font in language.fonts)
    return (
        f"\n[{language.code}]\n"
        f'name = "{language.name_da}"\n'
        f'own = "{language.name_own}"\n'
        f'babel = "{language.babel}"\n'
        f'html = "{language.html}"\n'
        f'direction = "{language.direction}"\n'
        f"fonts = [{fonts}]\n"
        f'plural = "{language.plural}"\n'
    )


def without_exponent(rule: str) -> str:
    """CLDR's rule without `e`, the exponent of 1e6: gettext has none; in whole numbers it is 0."""
    return re.sub(r"\be\b", "0", rule).rstrip(";") + ";"
