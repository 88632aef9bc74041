"""The pictures of a build on disk: the classes of their pixels, without colours."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from layers.pictures import Picture

_FILE = "pictures.npz"


def write_pictures(pictures: Sequence[Picture], folder: Path) -> dict[str, tuple[float, ...]]:
    """Write pictures into the folder of a build.

    Parameters
    ----------
    pictures : sequence of Picture
        Of the build.
    folder : Path
        Its folder.

    Returns
    -------
    dict
        Inner class limits by layer, for the manifest.
    """
    classes: dict[str, Any] = {picture.layer: picture.classes for picture in pictures}
    np.savez_compressed(folder / _FILE, **classes)
    return {picture.layer: picture.breaks for picture in pictures}


def read_pictures(breaks: Mapping[str, Sequence[float]], folder: Path) -> tuple[Picture, ...]:
    """Return the pictures that `write_pictures` wrote.

    Parameters
    ----------
    breaks : mapping
        From the manifest.
    folder : Path
        Folder of the build.

    Returns
    -------
    tuple of Picture
        In the order of the manifest.
    """
    with np.load(folder / _FILE, allow_pickle=False) as held:
        return tuple(Picture(name, held[name], tuple(inner)) for name, inner in breaks.items())
