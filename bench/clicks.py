"""Real browsers beside the crowd: they click what a person clicks and wait until it is drawn."""

import shutil
import threading
import time
from collections.abc import Callable
from itertools import cycle
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from bench.browser import ARGUMENTS, NO_TOUR, SIZE

BROWSER = "browser: "
_PAUSE = 8.0
_PATIENCE = 30_000.0


def click_along(
    home: str,
    over: threading.Event,
    tell: Callable[[str, float], None],
    fail: Callable[[str], None],
) -> None:
    """Use the page in Chromium until all is over; nothing is done where there is none.

    Parameters
    ----------
    home : str
        Address of the server.
    over : Event
        Ends it.
    tell : callable
        Receives act and milliseconds, those of the browser included.
    fail : callable
        Receives what went wrong.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        try:
            page = browser.new_page(viewport=SIZE)
            page.add_init_script(NO_TOUR)
            page.set_default_timeout(_PATIENCE)
            page.on("pageerror", lambda error: fail(f"{BROWSER}{error}"))
            page.goto(home)
            page.wait_for_selector(".ag-row")
            for name, act in cycle(_CLICKS):
                if over.wait(_PAUSE):
                    return
                started = time.perf_counter()
                act(page)
                tell(f"{BROWSER}{name}", 1000 * (time.perf_counter() - started))
        except Error as error:
            fail(f"{BROWSER}{str(error).splitlines()[0]}")
        finally:
            browser.close()


def _pick(page: Page) -> None:
    # Another one than is chosen: a unit that is open already is not opened again.
    row = page.locator(".ag-row[aria-selected='false']").nth(2)
    code = row.get_attribute("row-id")
    row.click()
    page.wait_for_url(f"**u={code}*")
    page.wait_for_selector("#card h2")


def _open(view: str, path: str, seen: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator(f"nav a[data-page='{view}']").click()
        # What is seen may be there from before: the address follows the answer.
        page.wait_for_url(lambda address: urlsplit(address).path == path)
        page.wait_for_selector(seen)

    return act


_CLICKS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("pick a unit", _pick),
    ("Territorio", _open("territory", "/territorio", "#sheet h2")),
    ("Emergencia", _open("emergency", "/emergencia", "#event-form *")),
    ("Oficinas", _open("offices", "/oficinas", "#office-result *")),
    ("Datos", _open("data", "/datos", "#data-list *")),
    ("Prioridades", _open("priorities", "/", ".ag-row")),
)
