"""The desk's web application: its addresses, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from bot.desk import asking, cases, followups, front, guidelines, openings, overview, sheets
from bot.desk.border import Border
from bot.desk.endpoint import endpoint, public
from bot.desk.refusals import BROKEN, NOT_FOUND, WRONG_WAY, Refusals
from bot.desk.static_files import picture, static_file
from bot.desk.visit import Desk, View


def build_desk(
    desk: Desk, hosts: Sequence[str], *, tls: bool = False, sign_in: Sequence[Route] = ()
) -> Starlette:
    """The desk, answering to the names in `hosts` only: a page of another site that points its
    own name at this machine reaches nothing. `tls`: browsers come by https, and shall go on to.
    """
    refusals = Refusals(desk)
    return Starlette(
        routes=[*_routes(desk), *sign_in],
        middleware=[
            Middleware(Border, tls=tls),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={
            404: refusals.handler(NOT_FOUND, 404),
            405: refusals.handler(WRONG_WAY, 405),
            500: refusals.handler(BROKEN, 500),
        },
    )


def _routes(desk: Desk) -> list[Route]:
    def get(path: str, view: View) -> Route:
        return Route(path, endpoint(desk, view), methods=["GET"])

    def post(path: str, view: View, *, changes: bool = False, file: bool = False) -> Route:
        answer = endpoint(desk, view, changes=changes, file=file)
        return Route(path, answer, methods=["POST"])

    return [
        get("/", front.front_page),
        get("/spoerg", asking.ask_page),
        post("/spoerg", asking.answer),
        get("/vejledninger", guidelines.list_page),
        post("/vejledninger", guidelines.add, changes=True, file=True),
        get("/vejledning/{number:int}", guidelines.document_page),
        get("/ark", sheets.topics_page),
        get("/ark/{topic}", sheets.sheet_page),
        get("/ark/{topic}/vis", sheets.preview),
        post("/ark/{topic}/vis", sheets.preview),
        post("/ark/{topic}/hent", sheets.download),
        get("/opfoelgning", followups.list_page),
        get("/opfoelgning/ny", cases.new_page),
        post("/opfoelgning/ny", cases.start_case, changes=True),
        get("/sag/{reference}", cases.case_page),
        post("/sag/{reference}/datoer", cases.set_days, changes=True),
        post("/sag/{reference}/udfald", cases.end_case, changes=True),
        post("/sag/{reference}/problem", cases.report, changes=True),
        get("/overblik", overview.overview_page),
        get("/pladser", openings.list_page),
        post("/pladser", openings.add, changes=True),
        post("/pladser/{id}", openings.change, changes=True),
        post("/trin/{id}/udfoert", followups.done, changes=True),
        post("/trin/{id}/udsaet", followups.snooze, changes=True),
        get("/billede/{name}.svg", picture),
        Route("/static/{name}", public(desk, static_file), methods=["GET"]),
        Route("/sprog", public(desk, front.choose_language), methods=["POST"]),
    ]
