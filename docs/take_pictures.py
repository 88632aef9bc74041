"""Take the pictures of docs/pictures: each view at three sizes, from a page that is served.

geoapp serve &
python docs/take_pictures.py http://127.0.0.1:8050
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SIZES = ((1366, 768), (1920, 1080), (390, 844))
VIEWS = {
    "prioridades": "/?u=150132",
    "territorio": "/territorio?u=240101",
    "emergencia": "/emergencia",
    "oficinas": "/oficinas",
    "datos": "/datos",
}
FOLDER = Path(__file__).parent / "pictures"
_SETTLED = 4000
"""Milliseconds after which a page of a country is whole on a small machine."""


def take(browser: Browser, home: str) -> None:
    """Write a picture of every view at every size."""
    for width, height in SIZES:
        page = browser.new_page(viewport={"width": width, "height": height})
        # Who was led through the page once is not led again.
        page.add_init_script("localStorage.setItem('geoapp-tour', '1')")
        for name, path in VIEWS.items():
            page.goto(home + path)
            page.wait_for_selector("path.unit", state="attached")
            page.wait_for_timeout(_SETTLED)
            page.screenshot(path=FOLDER / f"{name}-{width}.png")
        page.close()


if __name__ == "__main__":
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take(opened, sys.argv[1].rstrip("/"))
        opened.close()
