"""Parts of the page that many answers share, written as JSON would have them once."""

from typing import Any, TypeVar

from dash.development.base_component import Component

Part = TypeVar("Part", bound=Component)


def settled(part: Part) -> Part:
    """Return a part that is not changed any more: what it is in JSON is worked out once.

    Parameters
    ----------
    part : Component
        With its children, which are not changed either.

    Returns
    -------
    Component
        The same one.
    """
    told = plain(part)
    part.to_plotly_json = lambda: told  # type: ignore[method-assign]
    return part


def plain(part: Any) -> Any:
    """Return a part of the page as lists and mappings, which need no more looking into."""
    if isinstance(part, Component):
        return plain(part.to_plotly_json())  # type: ignore[no-untyped-call]
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [plain(one) for one in part]
    return part
