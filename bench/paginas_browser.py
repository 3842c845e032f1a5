"""In a real browser: from the click on a filter until the last chart stands still."""

import os
import shutil
import statistics
from collections.abc import Iterator, Sequence

from playwright.sync_api import Page, sync_playwright

from bench.bezoeker import ROL
from dashboard.ui.navigatie import PAGINAS

# Tells when the page last changed; it is still when nothing changed for 400 ms and nothing is pending.
KIJK = """
() => { window.siLaatst = performance.now();
  new MutationObserver(() => { window.siLaatst = performance.now(); }).observe(
    document.querySelector('[data-testid=stMain]'),
    {subtree: true, childList: true, attributes: true, characterData: true}); }
"""
STIL = """
() => performance.now() - window.siLaatst > 400 &&
  !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]')
"""
KEREN = 5


def measure_clicks(adres: str, alleen: Sequence[str]) -> Iterator[str]:
    """A line per page: median and largest time from choosing a period to the last change, in ms."""
    pad = os.environ.get("STUURINFO_CHROMIUM") or shutil.which("chromium") or "chromium"
    yield "\npagina | klik tot laatste beeld: mediaan / hoogste ms"
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=pad, args=["--no-sandbox", "--disable-gpu"])
        for p in PAGINAS:
            if p.balk is None or (alleen and p.pad not in alleen):
                continue
            page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="nl-NL")
            page.goto(f"{adres}/{p.pad}?rol={ROL[p.niveau]}")
            page.get_by_text("Betrouwbaarheid van deze cijfers").wait_for(timeout=60_000)
            page.evaluate(KIJK)
            page.wait_for_function(STIL)
            tijden = [_click(page, jaar) for jaar in range(KEREN)]
            yield f"{p.pad} | {statistics.median(tijden):.0f} / {max(tijden):.0f}"
            page.close()
        browser.close()


def _click(page: Page, plek: int) -> float:
    page.get_by_role("combobox", name="Periode").click()
    optie = page.get_by_role("option").nth(plek + 1)
    optie.wait_for()
    begin = float(page.evaluate("performance.now()"))
    optie.click()
    page.wait_for_function(STIL, timeout=60_000)
    return float(page.evaluate("window.siLaatst")) - begin
