"""The front page: ask, make a handout, see what comes next; and the visitor's language."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.actions.lookup import STAFF
from bot.desk.addresses import is_ours
from bot.desk.asking import EXAMPLES
from bot.desk.followups import a_week_on, front_rows
from bot.desk.sheets import tile
from bot.desk.visit import LANGUAGE_COOKIE, LANGUAGES, Visit

_YEAR_SECONDS = 365 * 86_400
_FIRST = ("loenseddel", "skat", "loen-bagud", "praktik-maal", "foerste-arbejdsdag", "sygemelding")


def front_page(visit: Visit) -> Response:
    topics = visit.app.library.topics
    staff = visit.actor.may(*STAFF)
    return visit.page(
        "front",
        topics=[tile(topics[name], visit) for name in _FIRST if name in topics],
        rows=front_rows(visit) if staff else (),
        later=a_week_on(visit),
        staff=staff,
        example=EXAMPLES[0],
    )


def choose_language(visit: Visit) -> Response:
    """Keep the chosen language in a cookie, and go back to where the choice was made."""
    back = visit.form.get("tilbage")
    response = RedirectResponse(back if is_ours(back) else "/", 303)
    chosen = visit.form.get("sprog")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, chosen, _YEAR_SECONDS, httponly=True, samesite="lax")
    return response
