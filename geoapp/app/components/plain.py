"""Parts of the page as JSON has them: for those of which one answer has hundreds."""

from typing import Any

from dash.development.base_component import Component

Plain = dict[str, Any]
"""What a component is in JSON."""


def tag(kind: str, children: Any = None, **props: Any) -> Plain:
    """Return an element of HTML as JSON has it, without a component to be made of it first.

    Parameters
    ----------
    kind : str
        As ``dash.html`` calls it, for instance ``Td``.
    children : object
        What is inside it: text, or such elements.
    **props
        Its attributes.

    Returns
    -------
    dict
        The same as of a component with the same attributes.
    """
    told = {"children": children, **props}
    return {"props": told, "type": kind, "namespace": "dash_html_components"}


def plain(part: Any) -> Any:
    """Return a component with all that is inside it as JSON has it."""
    if isinstance(part, Component):
        return plain(part.to_plotly_json())  # type: ignore[no-untyped-call]
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [plain(one) for one in part]
    return part
