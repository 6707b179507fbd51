"""The same run on a Dask cluster of this machine: a worker killed with -9 costs nothing."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.actions.bulk import make_handouts
from bot.bulk.edition import edition_of
from bot.bulk.jobs import Shelf
from bot.bulk.manifest import Status
from bot.bulk.pools import dask_pool
from bot.bulk.rows import read_rows
from bot.errors import BotError
from bot.people import at_the_terminal
from bot.words import Words
from messages.library import Overlay

if TYPE_CHECKING:
    from distributed import LocalCluster

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = [
    pytest.mark.dask,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Dask's own, about ports and loops
]
ROWS = 200


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with (
        warnings.catch_warnings(action="ignore"),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=50,
        ) as started,
    ):
        yield started


def shelf() -> Shelf:
    own = Overlay()
    return Shelf(at_the_terminal(), own, edition_of(own), date(2026, 11, 22), reviewed_only=False)


def test_a_dask_worker_that_is_killed_costs_nothing(cluster: LocalCluster, tmp_path: Path) -> None:
    text = "topic,lang,format,gross\n"
    text += "".join(f"loenseddel,da,html,{20000 + n}\n" for n in range(ROWS))
    killed: list[int] = []

    def kill(count: int) -> None:
        if count and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    result = make_handouts(
        read_rows(text.encode(), "ark.csv"),
        tmp_path,
        shelf(),
        open_pool=dask_pool(cluster.scheduler_address),
        workers=2,
        shared_disk=False,
        words=Words(),
        done=kill,
    )
    assert killed
    assert result.count(Status.MADE) == ROWS
    assert all(
        sha256((tmp_path / one.file).read_bytes()).hexdigest() == one.sha256
        for one in result.entries
    )


def test_an_address_where_no_dask_answers_is_refused() -> None:
    with pytest.raises(BotError, match="Ingen Dask svarer"), dask_pool("tcp://127.0.0.1:9", 1)():
        pass


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(BotError, match="Ingen Dask svarer"), dask_pool("hej://med dig")():
        pass
