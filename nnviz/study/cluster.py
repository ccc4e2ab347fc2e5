"""Trials on a Dask cluster: one that runs somewhere, or one started here on loopback.

A cluster is trusted like a shell, in both directions: its workers unpickle and run what they are
sent, and this program unpickles what they answer. That is said before one connects.
"""

import logging
import os
import signal
import socket
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import nnviz
from nnviz.errors import Refusal
from nnviz.study.executors import Failed, Where, Work, attempted, one_thread_each
from nnviz.study.rows import Place, Row
from nnviz.study.trials import Cancelled, Task
from nnviz.words import commas, tr, tr_n

CONNECTED_WITHIN = 10.0
"""Seconds until a scheduler that does not answer is not there"""
WORKERS_WITHIN = 60.0
"""Seconds without any worker after which all are lost: one that died begins anew, on a busy machine
not soon"""
COUNTED_EVERY = 1.0
"""Seconds between two looks at who is there"""
HURRIED, UNHURRIED = 1.0, 10.0
"""Seconds that a cluster has to end, where trials are given up and where all is done"""
TOPIC = "nnviz-parts"
"""Under which workers tell how far their trials are"""
TOLD_EVERY = 1.0
SCHEMES = ("tcp", "tls")
PACKAGES = (nnviz.DISTRIBUTION, "torch", "numba", "scipy")
"""Whose versions the numbers can depend on, besides those that Dask compares itself"""


class ClusterError(Refusal):
    """A cluster cannot be used, or is gone; the message is one sentence for the user."""


def trust() -> str:
    """What one must know before a cluster is used."""
    return tr(
        "A scheduler is trusted like a shell: this program and its workers run what they are "
        "sent. Use only one that is yours, behind a firewall or through tls://."
    )


# ---- on the worker -------------------------------------------------------------------


def _on_worker(work: Work, task: Task) -> Row | Failed:
    """A trial that ends as soon as nobody waits for it, be it that the program was killed.

    Whatever goes wrong is an answer: Dask would write it to the workers' standard error.
    """
    # only workers need it, and have it
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()
    last = 0.0

    def tick(part: float) -> None:
        nonlocal last
        state = worker.state.tasks.get(key)
        if state is None or state.state in ("cancelled", "released", "forgotten"):
            raise Cancelled
        if time.monotonic() - last > TOLD_EVERY:
            last = time.monotonic()
            place = task.place
            worker.log_event(TOPIC, [place.condition, place.trial, float(part)])

    try:
        return attempted(work, task, tick)
    except Cancelled:
        return Failed("")


def _versions() -> dict[str, str]:
    """Of PACKAGES, without importing them."""
    from importlib.metadata import PackageNotFoundError, version  # workers run this alone

    found = {}
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


# ---- in the program ------------------------------------------------------------------


class ClusterWorkers:
    """The workers of a cluster; Dask itself repeats a trial whose worker was lost."""

    repeats = 0
    threads = 1

    @property
    def keep(self) -> bool:
        """A cluster elsewhere has other disks."""
        return self._cluster is not None

    def __init__(self, where: Where) -> None:
        """Connects. Raises ClusterError."""
        if where.scheduler:
            check_address(where.scheduler)
        _check_installed()
        self._cluster: Any = None
        self._address = where.scheduler
        if not where.scheduler:
            self._cluster = _started(where.cluster)
            self._address = self._cluster.scheduler_address
        try:
            self._client = _connected(self._address)
        except ClusterError:
            self._end_cluster(HURRIED)
            raise
        self._executor = self._client.get_executor(pure=False)
        self._futures: set[Future[Row | Failed]] = set()
        self._parts: dict[Place, float] = {}
        self._counted = -COUNTED_EVERY
        self._slots = 0
        self._alone_since = time.monotonic()
        self._client.subscribe_topic(TOPIC, self._hear)

    def slots(self) -> int:
        now = time.monotonic()
        if now - self._counted >= COUNTED_EVERY:
            self._slots, self._counted = self._count(), now
        if self._slots:
            self._alone_since = now
        alone = now - self._alone_since
        if alone > CONNECTED_WITHIN and self._client.status != "running":
            raise ClusterError(
                "The scheduler {address} is gone; what is finished is kept.", address=self._address
            )
        if alone > WORKERS_WITHIN:
            raise ClusterError(
                "No worker of {address} is left; what is finished is kept.", address=self._address
            )
        return self._slots

    def submit(self, work: Work, task: Task) -> Future[Row | Failed]:
        future: Future[Row | Failed] = self._executor.submit(_on_worker, work, task)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return future

    def lost(self, error: BaseException) -> bool:
        from distributed import KilledWorker  # it has been imported long ago

        return isinstance(error, KilledWorker | CancelledError)

    def parts(self) -> Mapping[Place, float]:
        return dict(self._parts)

    def notes(self) -> str:
        """Which versions here and there are not the same. Raises ClusterError."""
        found = self._client.get_versions(check=False)
        here = {"python": found["client"]["host"]["python"], **found["client"]["packages"]}
        there = {
            name: {"python": each["host"]["python"], **each["packages"]}
            for name, each in found["workers"].items()
        }
        own = _versions()
        here |= own
        for name, answer in self._client.run(_versions, on_error="return").items():
            if not isinstance(answer, dict):
                raise ClusterError(
                    "The worker {worker} cannot run trials, as it lacks the program: {reason}.",
                    worker=name,
                    reason=str(answer),
                )
            there.setdefault(name, {}).update({key: answer.get(key) for key in own})
        return _in_words(here, there)

    def stop(self) -> None:
        patience = HURRIED if self._futures else UNHURRIED
        for future in [*self._futures]:
            future.cancel()  # the worker forgets the trial, whose next tick hears that
        with suppress(Exception):
            self._client.close(timeout=patience)
        self._end_cluster(patience)

    def _count(self) -> int:
        if self._client.status != "running":
            return 0
        with suppress(OSError, TimeoutError):
            return sum(self._client.nthreads().values())
        return 0

    def _hear(self, event: Any) -> None:
        condition, trial, part = event[1] if isinstance(event, tuple) else event
        self._parts[Place(condition, trial)] = part

    def _end_cluster(self, patience: float) -> None:
        """Dask waits for a worker that is just beginning anew, and may wait for ever: what is
        left after so many seconds is killed."""
        if self._cluster is None:
            return
        began = [each.process for each in self._cluster.workers.values()]
        with suppress(Exception):
            self._cluster.close(timeout=patience)
        for process in [*(each.process for each in self._cluster.workers.values()), *began]:
            with suppress(OSError):  # it has ended; each system says so in its own way
                if process is not None and process.pid:
                    os.kill(process.pid, signal.SIGTERM)


def check_address(address: str) -> None:
    """Raises ClusterError for what cannot be the address of a scheduler."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in SCHEMES and bool(parts.hostname) and bool(parts.port)
    except ValueError:  # no number, or too large a one
        usable = False
    if not usable:
        raise ClusterError(
            "A scheduler has an address like tcp://10.0.0.7:8786 or tls://10.0.0.7:8786, not "
            "{address}.",
            address=address,
        )


def _check_installed() -> None:
    try:
        import distributed  # noqa: F401 - here one sees whether it is there
    except ImportError as error:
        raise ClusterError(
            "A cluster needs Dask: `uv sync --extra cluster` brings it (elsewhere "
            "`pip install distributed`)."
        ) from error


def _started(workers: int) -> Any:
    """A cluster on loopback. Raises ClusterError."""
    # the extra may be missing (see `_check_installed`)
    from distributed import LocalCluster

    try:
        with one_thread_each():
            found = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        found.shutdown_on_close = False  # `stop` does that, and does not wait ten seconds
        return found
    except (OSError, RuntimeError, TimeoutError) as error:
        raise ClusterError(
            "No cluster can be started here: {reason}.", reason=str(error) or type(error).__name__
        ) from error


def _connected(address: str) -> Any:
    """Raises ClusterError."""
    # the extra may be missing (see `_check_installed`)
    from distributed import Client, Security

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    parts = urlsplit(address)
    if parts.scheme == "tls" and not Security().get_connection_args("client").get("ssl_context"):
        raise ClusterError(
            "{address} needs certificates in the settings of Dask (distributed.comm.tls).",
            address=address,
        )
    try:
        # a client that fails leaves a thread behind
        socket.create_connection((parts.hostname or "", parts.port or 0), CONNECTED_WITHIN).close()
        return Client(address, timeout=CONNECTED_WITHIN, set_as_default=False, name="nnviz")
    except (OSError, TimeoutError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ClusterError(
            "No scheduler answers at {address}: {reason}.",
            address=address,
            reason=reason.rstrip("."),
        ) from error


def _in_words(here: Mapping[str, str | None], there: Mapping[str, Mapping[str, str | None]]) -> str:
    """Which versions differ from those here, and how many workers have others."""
    differing: dict[str, set[str]] = {}
    others = set()
    for worker, versions in there.items():
        for name, own in here.items():
            other = versions.get(name)
            if other != own and (name in versions or name in PACKAGES):
                differing.setdefault(name, set()).add(other or tr("missing"))
                others.add(worker)
    if not differing:
        return ""
    named = [
        tr(
            "{package} {here} here, {there} there",
            package=name,
            here=here[name] or tr("missing"),
            there=commas(sorted(versions)),
        )
        for name, versions in differing.items()
    ]
    return tr_n(
        "{count} worker has other versions: {named}.",
        "{count} workers have other versions: {named}.",
        len(others),
        named=commas(named),
    )
