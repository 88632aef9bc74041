"""What is counted and measured of a server, as Prometheus reads it; nothing of who asks."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, Metric

from geoapp.store.builds import Stored
from geoapp.work.once import Use

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
Caches = Callable[[], Mapping[str, Use]]


class Meter:
    """The figures of one server.

    Parameters
    ----------
    stored : Stored
        The build that is served.
    caches : callable
        Returns hits and misses by cache.
    """

    def __init__(self, stored: Stored, caches: Caches) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "geoapp_requests",
            "Answers, by route pattern, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "geoapp_request_seconds",
            "Seconds until an answer, by route pattern.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._faults = Counter(
            "geoapp_faults",
            "Requests that ended in a fault, by its kind.",
            ("kind",),
            registry=self._registry,
        )
        self._describe(stored)
        ProcessCollector(registry=self._registry)
        self._registry.register(_CacheCollector(caches))

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def failed(self, error: BaseException) -> None:
        """Count a fault."""
        self._faults.labels(type(error).__name__).inc()

    def text(self) -> bytes:
        """Return all figures as text."""
        return generate_latest(self._registry)

    def _describe(self, stored: Stored) -> None:
        built, folder = stored.build, stored.folder

        def gauge(name: str, about: str, read: Callable[[], float]) -> None:
            Gauge(name, about, registry=self._registry).set_function(read)

        info = Gauge(
            "geoapp_build_info",
            "Always 1; what is served.",
            ("build", "version", "edition", "country"),
            registry=self._registry,
        )
        info.labels(built.hash, built.version, edition_of(stored), built.country).set(1)
        gauge("geoapp_build_age_seconds", "Since the day of the build.", lambda: _age(built.on))
        missing = sum(not status.place for status in built.statuses.values())
        gauge("geoapp_sources_missing", "Sources that the build lacks.", lambda: missing)
        is_former = float(stored.problem is not None)
        gauge("geoapp_build_former", "1 where the newest build is damaged.", lambda: is_former)
        gauge("geoapp_store_writable", "1 where it is.", lambda: float(is_writable(folder)))
        gauge(
            "geoapp_store_free_bytes",
            "Left on the disk of the store.",
            lambda: shutil.disk_usage(folder).free,
        )


class _CacheCollector:
    """Hits and misses of the answers that are kept."""

    def __init__(self, caches: Caches) -> None:
        self._caches = caches

    def collect(self) -> Iterator[Metric]:
        hits = CounterMetricFamily("geoapp_cache_hits", "Answers taken as kept.", labels=["cache"])
        misses = CounterMetricFamily("geoapp_cache_misses", "Answers made anew.", labels=["cache"])
        for name, use in self._caches().items():
            hits.add_metric([name], use.hits)
            misses.add_metric([name], use.misses)
        yield hits
        yield misses


def edition_of(stored: Stored) -> str:
    """Return the edition of a build: ``full`` or ``public``."""
    return "public" if stored.build.disclosure else "full"


def is_writable(folder: Path) -> bool:
    """Return whether the system lets this process write into a folder."""
    return os.access(folder, os.W_OK)


def _age(on: date) -> float:
    return (datetime.now(UTC) - datetime.combine(on, datetime.min.time(), UTC)).total_seconds()
