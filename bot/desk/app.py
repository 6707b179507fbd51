"""The desk's web application: its addresses, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from bot.desk import (
    asking,
    cases,
    followups,
    front,
    guidelines,
    handing_over,
    new_case,
    openings,
    overview,
    packs,
    questions,
    sheets,
    translations,
)
from bot.desk.border import Border
from bot.desk.endpoint import endpoint, public
from bot.desk.refusals import BROKEN, NOT_FOUND, WRONG_WAY, Refusals
from bot.desk.static_files import picture, static_file
from bot.desk.visit import Desk, View
from scheduler.errors import StoreFailed

Get = Callable[[str, View], Route]


class Post(Protocol):
    """How a form is taken. `changes`: it brings the page's token back; `file`: it holds a file."""

    def __call__(
        self, path: str, view: View, *, changes: bool = False, file: bool = False
    ) -> Route: ...


def build_desk(
    desk: Desk, hosts: Sequence[str], *, tls: bool = False, sign_in: Sequence[Route] = ()
) -> Starlette:
    """The desk, answering to the names in `hosts` only: a page of another site that points its
    own name at this machine reaches nothing. `tls`: browsers come by https, and shall go on to.
    """
    refusals = Refusals(desk)
    site = Starlette(
        routes=[*_routes(desk), *sign_in],
        middleware=[
            Middleware(Border, tls=tls),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={
            404: refusals.handler(NOT_FOUND, 404),
            405: refusals.handler(WRONG_WAY, 405),
            500: refusals.handler(BROKEN, 500),
            StoreFailed: refusals.handler(BROKEN, 503),
        },
    )
    # A slash too many would be sent on by http, where TLS ends at the municipality's own proxy.
    site.router.redirect_slashes = False
    return site


def _routes(desk: Desk) -> list[Route]:
    def get(path: str, view: View) -> Route:
        return Route(path, endpoint(desk, view), methods=["GET"])

    def post(path: str, view: View, *, changes: bool = False, file: bool = False) -> Route:
        answer = endpoint(desk, view, changes=changes, file=file)
        return Route(path, answer, methods=["POST"])

    return [
        get("/", front.front_page),
        get("/ark", sheets.topics_page),
        get("/ark/{topic}", sheets.sheet_page),
        get("/ark/{topic}/vis", sheets.preview),
        post("/ark/{topic}/vis", sheets.preview),
        post("/ark/{topic}/hent", sheets.download),
        get("/familiepakke", packs.pack_page),
        post("/familiepakke", packs.download),
        get("/billede/{name}.svg", picture),
        Route("/static/{name}", public(desk, static_file), methods=["GET"]),
        Route("/sprog", public(desk, front.choose_language), methods=["POST"]),
        *_words(get, post),
        *_cases(get, post),
    ]


def _words(get: Get, post: Post) -> list[Route]:
    """What is asked and answered, and what is translated."""
    return [
        get("/spoerg", asking.ask_page),
        post("/spoerg", asking.answer),
        get("/vejledninger", guidelines.list_page),
        post("/vejledninger", guidelines.add, changes=True, file=True),
        get("/vejledning/{number:int}", guidelines.document_page),
        post("/vejledning/{number:int}/fjern", guidelines.remove, changes=True),
        post("/spoerg/videre", questions.pass_on, changes=True),
        get("/spoergsmaal", questions.list_page),
        post("/spoergsmaal/{id}/svar", questions.answer, changes=True),
        post("/spoergsmaal/{id}/vaek", questions.dismiss, changes=True),
        get("/oversaettelser", translations.languages_page),
        get("/oversaettelser/{code}", translations.parts_page),
        get("/oversaettelser/{code}/{part}", translations.part_page),
        post("/oversaettelser/{code}/{part}", translations.save, changes=True),
    ]


def _cases(get: Get, post: Post) -> list[Route]:
    """What is followed up, and who has openings."""
    return [
        get("/opfoelgning", followups.list_page),
        get("/opfoelgning/ny", new_case.new_page),
        post("/opfoelgning/ny", new_case.start_case, changes=True),
        get("/sag/{reference}", cases.case_page),
        post("/sag/{reference}/datoer", cases.set_days, changes=True),
        post("/sag/{reference}/udfald", cases.end_case, changes=True),
        post("/sag/{reference}/problem", cases.report, changes=True),
        post("/sag/{reference}/ansvarlig", handing_over.hand_over, changes=True),
        get("/overblik", overview.overview_page),
        get("/pladser", openings.list_page),
        post("/pladser", openings.add, changes=True),
        post("/pladser/{id}", openings.change, changes=True),
        post("/trin/{id}/udfoert", followups.done, changes=True),
        post("/trin/{id}/udsaet", followups.snooze, changes=True),
    ]
