"""The audience of the layers: command line, page, exports."""

from importlib import resources
from pathlib import Path


def vendor_folder() -> Path:
    """Return the folder of the third-party assets that the product serves."""
    return Path(str(resources.files("geoapp"))) / "vendor"
