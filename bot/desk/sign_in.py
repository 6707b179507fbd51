"""Signing in through an OpenID Connect issuer (Slack, Entra, AD FS …), by way of Authlib."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.addresses import is_ours
from bot.desk.entrance import SessionDoor, comes_from
from bot.desk.pending import LONGEST, Begun, Pending
from bot.desk.refusals import Refusals
from bot.desk.sessions import Attempts
from bot.desk.settings import DeskSettings
from bot.people import People
from messages.tables import N_

logger = logging.getLogger(__name__)

_LEAVE, _FAIL = 200, 20
"""How often an address may leave for the issuer, and come back in vain, in five minutes."""

_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
_REFUSED = (AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError, TypeError)
_FAILED = N_("Login lykkedes ikke. Gå tilbage, og prøv igen.")
_UNREACHED = N_("Kommunens login svarer ikke. Prøv igen om lidt.")
_STRANGER = N_("Du er logget ind, men ikke skrevet op til Brobygger. Spørg jeres administrator.")
_TOO_OFTEN = N_("Der er prøvet for mange gange. Vent fem minutter, og prøv igen.")


class OpenId:
    """The three addresses of signing in and the one of signing out."""

    def __init__(
        self,
        settings: DeskSettings,
        secret: str,
        people: People,
        door: SessionDoor,
        refusals: Refusals,
        *,
        pending: Pending,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._people = people
        self._door = door
        self._refusals = refusals
        self._now = now
        self._left, self._failed = Attempts(_LEAVE), Attempts(_FAIL)
        self._pending = pending
        self._issuer = OAuth().register(
            "issuer",
            client_id=settings.client_id,
            client_secret=secret,
            server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "timeout": 10.0,
            },
        )

    def routes(self) -> list[Route]:
        return [
            Route("/log-ind", self.page, methods=["GET"]),
            Route("/log-ind/videre", self.leave_for_issuer, methods=["GET"]),
            Route("/log-ind/svar", self.come_back, methods=["GET"]),
            Route("/log-ud", self.sign_out, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        return self._refusals.sign_in(request, request.query_params.get("tilbage", ""))

    async def leave_for_issuer(self, request: Request) -> Response:
        """To the issuer, with a state, a nonce and a challenge that come back with the answer."""
        if not self._left.allow(self._address(request), self._now()):
            return self._refusals.says(request, _TOO_OFTEN, 429)
        back = request.query_params.get("tilbage", "")
        try:
            await self._trusted_metadata()
            begun = Begun(back if is_ours(back) else "/")
            request.scope["session"] = begun.session
            answer: Response = await self._issuer.authorize_redirect(request, self._callback)
        except (AuthlibBaseError, HTTPError, ValueError, RuntimeError) as error:
            return self._unreached(request, error)
        secret = await run_in_threadpool(self._pending.keep, begun)
        self._set(answer, self._pending_cookie, secret, round(LONGEST.total_seconds()))
        return answer

    async def come_back(self, request: Request) -> Response:
        """From the issuer. Only what fails is counted: a whole office signs in at eight."""
        address = self._address(request)
        if self._failed.spent(address, self._now()):
            return self._refusals.says(request, _TOO_OFTEN, 429)
        answer = await self._let_in(request)
        if answer.status_code == 403:
            self._failed.allow(address, self._now())
        return answer

    async def _let_in(self, request: Request) -> Response:
        """The issuer's answer is checked whole, and a new session begins."""
        cookie = request.cookies.get(self._pending_cookie, "")
        begun = await run_in_threadpool(self._pending.take, cookie)
        if begun is None:
            return self._refusals.says(request, _FAILED, 403)
        request.scope["session"] = begun.session
        try:
            login = await self._login(request, await self._trusted_metadata())
        except HTTPError as error:
            return self._unreached(request, error)
        except _REFUSED as error:
            logger.warning("sign-in refused: %s", type(error).__name__)
            return self._refusals.says(request, _FAILED, 403)
        person = self._people.by_login(login) if login else None
        if person is None:
            return self._refusals.says(request, _STRANGER, 403)
        sessions = self._door.sessions
        await run_in_threadpool(sessions.end, request.cookies.get(self._door.cookie, ""))
        secret = await run_in_threadpool(sessions.begin, person.id, self._now())
        answer = RedirectResponse(begun.back, 303)
        self._set(answer, self._door.cookie, secret)
        answer.delete_cookie(self._pending_cookie, secure=self._settings.tls, httponly=True)
        return answer

    async def sign_out(self, request: Request) -> Response:
        cookie = request.cookies.get(self._door.cookie, "")
        await run_in_threadpool(self._door.sessions.end, cookie)
        answer = RedirectResponse(self._door.sign_in, 303)
        answer.delete_cookie(self._door.cookie, secure=self._settings.tls, httponly=True)
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    async def _login(self, request: Request, issuer: str) -> str:
        """The login that a valid answer names: right issuer, right audience, right nonce."""
        answer = await self._issuer.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": self._settings.client_id},
                "exp": {"essential": True},
                "nonce": {"essential": True},
            },
        )
        who = answer["userinfo"]
        if self._settings.claim == "email" and who.get("email_verified") is False:
            return ""
        return str(who.get(self._settings.claim) or "")

    async def _trusted_metadata(self) -> str:
        """Read what the issuer says of itself, and hold it to the issuer in config.toml and to
        safe signatures; gives the issuer's name as its tokens spell it."""
        metadata = await self._issuer.load_server_metadata()
        issuer = str(metadata.get("issuer", ""))
        if issuer.rstrip("/") != self._settings.issuer:
            raise ValueError
        offered = metadata.get("id_token_signing_alg_values_supported") or []
        metadata["id_token_signing_alg_values_supported"] = sorted(
            _ALGORITHMS.intersection(offered)
        ) or ["RS256"]
        return issuer

    def _unreached(self, request: Request, error: Exception) -> Response:
        logger.warning("the issuer could not be used: %s", type(error).__name__)
        return self._refusals.says(request, _UNREACHED, 502)

    def _set(self, answer: Response, cookie: str, value: str, age: int | None = None) -> None:
        answer.set_cookie(
            cookie, value, age, secure=self._settings.tls, httponly=True, samesite="lax"
        )

    @property
    def _callback(self) -> str:
        return f"{self._settings.address}/log-ind/svar"

    @property
    def _pending_cookie(self) -> str:
        return f"{self._door.cookie}-vej"

    def _address(self, request: Request) -> str:
        """Whom a try is counted for: who sent it, or who our own proxy says that it came from."""
        sender = request.client.host if request.client else ""
        said = ",".join(request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
        return said if said and comes_from(sender, self._settings.proxies) else sender
