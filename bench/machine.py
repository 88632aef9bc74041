"""What the numbers were measured on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import shapely

LIBRARIES = ("geoapp", "geopandas", "pandas", "shapely", "pyogrio", "dash", "dash-leaflet")


def describe() -> dict[str, str]:
    """Return processor, memory, system and versions, one line each.

    Returns
    -------
    dict
        What is asked, and its answer.
    """
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB",
        "system": platform.platform(),
        "Python": platform.python_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "GEOS": shapely.geos_version_string,
    }


def load() -> str:
    """Return how many processes wanted a core in the last minute: above the cores, times are long."""
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.is_file():
        for line in known.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
