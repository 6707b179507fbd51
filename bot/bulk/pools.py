"""Who does the work: processes of this machine, or a Dask cluster by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from bot.errors import BotError

MOST_WORKERS = 64


@dataclass(frozen=True)
class Pool:
    """An executor that is open, and how many workers it has."""

    executor: Executor
    workers: int


# Opened again after a pool broke: so each call gives a new one.
OpenPool = Callable[[], AbstractContextManager[Pool]]


def process_pool(workers: int) -> OpenPool:
    """Worker processes of this machine, started afresh: a fork would copy our threads' locks."""

    @contextmanager
    def opened() -> Iterator[Pool]:
        executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            yield Pool(executor, workers)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    return opened


def dask_pool(address: str, patience: int = 10) -> OpenPool:
    """The workers of the Dask scheduler at `address`, such as tcp://10.0.0.5:8786.

    A worker that is lost costs nothing: Dask hands its work to another. TLS and its keys come from
    Dask's own configuration. Opening raises BotError when `distributed` is not installed or
    nobody answers within `patience` seconds.
    """

    @contextmanager
    def opened() -> Iterator[Pool]:
        try:
            from distributed import Client
        except ImportError:
            raise BotError(
                "Dask mangler. Installer det med pip install 'brobygger[dask]'."
            ) from None
        try:
            client = Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BotError(
                "Ingen Dask svarer på {address}: {reason}. Skriv f.eks. --dask tcp://127.0.0.1:8786.",
                address=address[:80],
                reason=(str(error) or type(error).__name__)[:200],
            ) from None
        with client:
            workers = sum(client.ncores().values())
            if not workers:
                raise BotError(
                    "Dask på {address} har ingen arbejdere. Start en med dask worker {address}.",
                    address=address[:80],
                )
            yield Pool(client.get_executor(pure=False), workers)

    return opened
