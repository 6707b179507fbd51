"""An OpenAI-compatible endpoint, asked to phrase an answer: optional, off, and never trusted.

Every failure gives None: then the reply is the quotes alone, as without a model. Nothing of what
is asked or said is logged.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answers.phrasing import Doubtful, checked, messages
from bot.answers.reply import Phrased
from bot.config import LanguageModel

if TYPE_CHECKING:
    import httpx

KEY = "BROBYGGER_LLM_KEY"
LARGEST_REPLY = 64_000
MOST_TOKENS = 700
FAILURES = 3
REST_SECONDS = 60.0

log = logging.getLogger(__name__)


class Phraser:
    """Asks the endpoint. After three failures in a row it rests a minute: nobody waits for a
    server that is down. `phrase` takes at most twice the timeout, whatever the server does."""

    def __init__(self, config: LanguageModel, key: str, client: httpx.Client) -> None:
        self._config = config
        self._key = key
        self._client = client
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    def phrase(
        self, question: str, language: str, passages: Sequence[str]
    ) -> tuple[Phrased, ...] | None:
        """The answer in sentences with their quotes; empty where the model finds no answer in the
        passages; None for whatever cannot be used."""
        with self._lock:
            if time.monotonic() < self._rests_until:
                return None
        try:
            said = self._said(messages(question, language, passages))
            found = checked(said, passages, language)
        except Doubtful as doubt:
            log.info("what the language model said was not used: %s", doubt)
            found = None
        except Exception as error:  # noqa: BLE001 - a server may fail in any way; the reply stands
            log.warning("the language model gave no answer: %s", type(error).__name__)
            self._failed()
            return None
        with self._lock:
            self._failures = 0
        return found

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures = 0
                self._rests_until = time.monotonic() + REST_SECONDS

    def _said(self, asked: list[dict[str, str]]) -> object:
        """What the model said, as JSON. Raises Doubtful for what is no such thing."""
        body = self._body(asked)
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
            return json.loads(content)
        except (ValueError, LookupError, TypeError, RecursionError):
            raise Doubtful("json") from None

    def _body(self, asked: list[dict[str, str]]) -> bytes:
        until = time.monotonic() + self._config.timeout_seconds
        request = {
            "model": self._config.model,
            "messages": asked,
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {"type": "json_object"},
        }
        headers = {"Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        url = f"{self._config.address}/chat/completions"
        received = bytearray()
        with self._client.stream("POST", url, json=request, headers=headers) as answer:
            if answer.status_code != 200 or "content-encoding" in answer.headers:
                raise ConnectionError(answer.status_code)
            for chunk in answer.iter_raw():
                received += chunk
                if len(received) > LARGEST_REPLY or time.monotonic() > until:
                    raise TimeoutError
        return bytes(received)


def open_phraser(config: LanguageModel, environment: Mapping[str, str]) -> Phraser | None:
    """The endpoint of config.toml, or None without one or without the extra `llm` installed."""
    if not config.address:
        return None
    try:
        import httpx
    except ModuleNotFoundError:
        log.warning("a [language_model] is configured, but the extra is missing: brobygger[llm]")
        return None
    client = httpx.Client(timeout=config.timeout_seconds, follow_redirects=False)
    return Phraser(config, environment.get(KEY, "").strip(), client)
