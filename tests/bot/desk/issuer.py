"""An OpenID Connect issuer on loopback, which can be told to lie."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.web import listen

CLIENT = "brobygger"


@dataclass
class Issuer:
    """`lies` change what the token says; `key` signs, `shown` is what the world is given."""

    address: str = ""
    email: str = "ane@kommune.example"
    lies: dict[str, object] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, private=True))
    shown: RSAKey | None = None
    without_token: bool = False
    metadata: dict[str, object] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    traded: dict[str, str] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def about(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.metadata,
            }
        )

    async def authorize(self, request: Request) -> Response:
        self.asked = dict(request.query_params)
        back = urlencode({"code": "the-code", "state": self.asked["state"]})
        return RedirectResponse(f"{self.asked['redirect_uri']}?{back}")

    async def token(self, request: Request) -> Response:
        body = (await request.body()).decode()
        self.traded = {key: values[0] for key, values in parse_qs(body).items()}
        answer: dict[str, Any] = {"access_token": "a", "token_type": "Bearer", "expires_in": 60}
        if not self.without_token:
            answer["id_token"] = self.id_token()
        return JSONResponse(answer)

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "1",
            "email": self.email,
            "email_verified": True,
            "nonce": self.asked.get("nonce"),
            "iat": now,
            "exp": now + 300,
            **self.lies,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.thumbprint()}, told, self.key)

    async def keys(self, _: Request) -> Response:
        key = self.shown or self.key
        public = {**key.as_dict(private=False), "kid": self.key.thumbprint(), "use": "sig"}
        return JSONResponse({"keys": [public]})


@contextmanager
def running(issuer: Issuer) -> Iterator[Issuer]:
    """The issuer on a free port, until the block ends."""
    with listen("127.0.0.1", 0) as listening:
        issuer.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(issuer.app(), log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield issuer
        server.should_exit = True
        thread.join(10)
