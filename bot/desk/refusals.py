"""The pages for who is not let in, and for what went wrong: never a number that looks personal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.addresses import is_ours, page_of
from bot.desk.pages import page
from bot.desk.visit import Desk
from messages.personal_data import mask_cpr
from messages.tables import N_

NOT_FOUND = N_("Siden findes ikke. Gå til forsiden, og prøv derfra.")
WRONG_WAY = N_("Siden kan ikke kaldes på den måde. Gå til forsiden, og prøv derfra.")
BROKEN = N_("Der gik noget galt hos os. Intet er gemt. Prøv igen om lidt.")
OLD_PAGE = N_("Siden var for gammel, så intet er ændret. Hent siden igen, og prøv igen.")
STRANGER = N_("Du er ikke logget ind. Åbn siden gennem kommunens egen adresse.")

Handler = Callable[[Request, Exception], Awaitable[Response]]


class Refusals:
    """The desk's pages for a visitor who may be nobody yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def says(self, request: Request, sentence: str, status: int) -> Response:
        """A page with one sentence of our own."""
        return self.told(request, self._desk.words(request)(sentence), status)

    def told(self, request: Request, said: str, status: int) -> Response:
        """A page with what was said already, in the visitor's words."""
        sent = request.method == "POST"
        return self._page("refusal", request, status, said=mask_cpr(said), sent=sent)

    def sign_in(self, request: Request, back: str) -> Response:
        return self._page("sign_in", request, 200, back=back if is_ours(back) else "/")

    def handler(self, sentence: str, status: int) -> Handler:
        """The page as Starlette asks for it."""

        async def handle(request: Request, _: Exception) -> Response:
            return self.says(request, sentence, status)

        return handle

    def _page(self, template: str, request: Request, status: int, **context: object) -> Response:
        shown = page(
            template,
            self._desk.words(request),
            demo=self._desk.demo,
            actor=None,
            token="",
            leaves=False,
            leads=False,
            owns=False,
            here=mask_cpr(request.url.path),
            again=page_of(mask_cpr(request.url.path)),
            languages=self._desk.languages,
            municipality=self._desk.app.config.municipality,
            **context,
        )
        return HTMLResponse(shown, status)
