"""The product as a process of its own, as a user starts it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

GEOAPP = (sys.executable, "-c", "from geoapp.cli import main; main()")


def environment(store: Path, **more: str) -> Mapping[str, str]:
    """Return the environment of a process of the product with a store of its own."""
    return {**os.environ, "GEOAPP_STORE": str(store), **more}


def run_geoapp(store: Path, *words: str) -> None:
    """Run a command to its end; a code that tells an error is one here."""
    subprocess.run(
        [*GEOAPP, *words], env=environment(store), check=True, capture_output=True, text=True
    )
