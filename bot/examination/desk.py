"""The desk's sign-in, its TLS or the proxies before it, and who may come in."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import httpx2

from bot.desk.opening import must_be_ready
from bot.desk.settings import DeskSettings, SignIn
from bot.examination.clock import compared
from bot.examination.finding import Finding, tried
from messages.errors import Problem
from messages.tables import N_

if TYPE_CHECKING:
    from bot.app import App

SECONDS = 10.0
_MEND_TLS = N_("Læg et certifikat og den nøgle, der hører til, i PEM-filer, og ret [desk].")
_MEND_ISSUER = N_("Ret issuer under [desk], eller åbn for vejen dertil fra denne maskine.")


def look_at_desk(app: App, environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """What the desk would refuse to start for, and what would stop people at its door."""
    settings = app.config.desk
    try:
        must_be_ready(app, settings, environment, settings.host)
    except Problem as problem:
        yield Finding(False, problem)
        return
    yield tried(lambda: _guarded(settings))
    if settings.sign_in is SignIn.OPENID:
        yield from _issuer(settings, now)
    else:
        proxies = ", ".join(map(str, settings.proxies))
        said = N_("Skrivebordets login: feltet {header} tros fra {proxies} og ingen andre.")
        yield Finding(True, Problem(said, header=settings.header, proxies=proxies))
    able = sum(bool(person.login) for person in app.config.people)
    said = N_("{able} af {all} medarbejdere kan logge ind på skrivebordet.")
    yield Finding(True, Problem(said, able=able, all=len(app.config.people)))


def _guarded(settings: DeskSettings) -> Finding:
    """The certificate, where the desk speaks TLS itself."""
    if settings.certificate is None:
        said = N_("Skrivebordet lytter kun på denne maskine ({host}): TLS hører til jeres proxy.")
        return Finding(True, Problem(said, host=settings.host))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.certificate, settings.key)
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or type(error).__name__
        said = N_("Certifikatet {file} kan ikke bruges: {reason}.")
        seen = Problem(said, file=settings.certificate, reason=reason)
        return Finding(False, seen, Problem(_MEND_TLS))
    said = N_("Certifikatet {file} og nøglen hører sammen.")
    return Finding(True, Problem(said, file=settings.certificate))


def _issuer(settings: DeskSettings, now: datetime) -> Iterator[Finding]:
    """The issuer answers for itself, and its clock agrees with ours: tokens are dated."""
    address = f"{settings.issuer}/.well-known/openid-configuration"
    try:
        answer = httpx2.get(address, timeout=SECONDS).raise_for_status()
        named = str(answer.json()["issuer"])
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
        said = N_("Kommunens login på {issuer} svarer ikke, som det skal ({kind}).")
        seen = Problem(said, issuer=settings.issuer, kind=type(error).__name__)
        yield Finding(False, seen, Problem(_MEND_ISSUER))
        return
    if named.rstrip("/") != settings.issuer:
        said = N_("Kommunens login kalder sig {named}, men issuer under [desk] er {issuer}.")
        seen = Problem(said, named=named[:120], issuer=settings.issuer)
        yield Finding(False, seen, Problem(_MEND_ISSUER))
    else:
        said = N_("Kommunens login på {issuer} svarer.")
        yield Finding(True, Problem(said, issuer=settings.issuer))
    yield compared(answer.headers.get("date", ""), now)
