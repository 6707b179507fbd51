"""The desk's web application: its addresses, and what a view is handed."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.desk import asking, cases, followups, front, guidelines, sheets
from bot.desk.border import Border
from bot.desk.forms import Form, TooLarge, read_form
from bot.desk.pages import page
from bot.desk.static_files import picture, static_file
from bot.desk.visit import Desk, View, Visit
from messages.errors import Problem
from messages.personal_data import mask_cpr
from messages.tables import N_
from scheduler.errors import StoreFailed

logger = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]

_NOT_FOUND = N_("Siden findes ikke. Gå til forsiden, og prøv derfra.")
_WRONG_WAY = N_("Siden kan ikke kaldes på den måde. Gå til forsiden, og prøv derfra.")
_BROKEN = N_("Der gik noget galt hos os. Intet er gemt. Prøv igen om lidt.")
_OLD_PAGE = N_("Siden var for gammel, så intet er ændret. Hent siden igen, og prøv igen.")


def build_desk(desk: Desk, hosts: Sequence[str]) -> Starlette:
    """The desk, answering to the names in `hosts` only: a page of another site that points its
    own name at this machine reaches nothing."""

    def get(path: str, view: View) -> Route:
        return Route(path, _endpoint(desk, view), methods=["GET"])

    def post(path: str, view: View, *, changes: bool = False) -> Route:
        return Route(path, _endpoint(desk, view, changes=changes), methods=["POST"])

    return Starlette(
        routes=[
            get("/", front.front_page),
            post("/sprog", front.choose_language),
            get("/spoerg", asking.ask_page),
            post("/spoerg", asking.answer),
            get("/vejledning/{number:int}", guidelines.document_page),
            get("/vejledninger", guidelines.list_page),
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
            post("/trin/{id}/udfoert", followups.done, changes=True),
            post("/trin/{id}/udsaet", followups.snooze, changes=True),
            get("/billede/{name}.svg", picture),
            get("/static/{name}", static_file),
        ],
        middleware=[
            Middleware(Border),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={404: _says(desk, _NOT_FOUND, 404), 405: _says(desk, _WRONG_WAY, 405),
                            500: _says(desk, _BROKEN, 500)},
    )  # fmt: skip


def _endpoint(desk: Desk, view: View, *, changes: bool = False) -> Endpoint:
    """A view as Starlette calls it: the form read with its limit, the work done off the loop."""

    async def endpoint(request: Request) -> Response:
        words = desk.words(request)
        try:
            form = await read_form(request) if request.method == "POST" else Form()
        except TooLarge as problem:
            return _refusal(desk, request, words.problem(problem), 413)
        visitor = desk.entrance.visitor(request)
        if visitor is None:
            raise HTTPException(403)
        visit = Visit(
            desk=desk,
            actor=visitor.actor,
            words=words,
            token=visitor.token,
            form=form,
            query=request.query_params,
            path=request.path_params,
            here=request.url.path,
        )
        if changes and not hmac.compare_digest(form.get("token").encode(), visitor.token.encode()):
            return _refusal(desk, request, words(_OLD_PAGE), 403)
        try:
            return await run_in_threadpool(view, visit)
        except Problem as problem:
            status = 503 if isinstance(problem, StoreFailed) else 422
            return _refusal(desk, request, words.problem(problem), status)

    return endpoint


def _says(desk: Desk, sentence: str, status: int) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, _: Exception) -> Response:
        return _refusal(desk, request, desk.words(request)(sentence), status)

    return handler


def _refusal(desk: Desk, request: Request, said: str, status: int) -> Response:
    """A page that says what went wrong, without any number that looks personal."""
    shown = page(
        "refusal",
        desk.words(request),
        said=mask_cpr(said),
        demo=desk.demo,
        actor=None,
        token="",
        here=request.url.path,
        languages=desk.languages,
        municipality=desk.app.config.municipality,
    )
    return HTMLResponse(shown, status)
