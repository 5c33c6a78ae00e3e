"""Times a slider in a real browser, from the press of a key to the changed figure: python -m benchmarks.slider [TIMES].

The sample is loaded, a page is opened, and each slider on it is moved by a key. Prints, by slider, the median and the
worst wait, the processor time that the server takes for an answer, and how often the page's heading was drawn anew: a
slider that answers in place leaves it as it stands. Waits are by the clock: the machine must have nothing else to do.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Locator, sync_playwright

from benchmarks.sessions import processor_seconds
from tests.browser import chromium
from tests.browser.journeys import go, load_sample
from tests.browser.server import started

TIMES, GOAL = 20, 300
PAGES = ("pricing_models", "pricing", "automation", "client")
KEYS = ("ArrowRight", "ArrowLeft")
"""There and back: a slider that stands at its end still moves."""

# Waits for a key, and then for the page's words to be others: every heading, figure and sentence, no slider.
WATCH = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const parts = ['stHeading', 'stMetricValue', 'stCaptionContainer'].map(id => `[data-testid="${id}"]`).join(',');
  const said = () => [...main.querySelectorAll(parts)].map(part => part.textContent).join('|');
  const before = said(), heading = document.querySelector('h1');
  let pressed = 0;
  addEventListener('keydown', () => { pressed = performance.now(); }, {capture: true, once: true});
  window.answered = new Promise(done => {
    const seen = new MutationObserver(() => {
      if (!pressed || said() === before) return;
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => done(
        {wait: performance.now() - pressed, isNew: heading !== document.querySelector('h1')})));
    });
    seen.observe(main, {subtree: true, childList: true, characterData: true});
  });
}"""


@dataclass(frozen=True)
class Answer:
    """One move of a slider: how long it took on the screen and on the server, in milliseconds."""

    wait: float
    server: float
    is_page_new: bool


def move(tab: chromium.Tab, slider: Locator, key: str, process: int) -> Answer:
    """Press a key on the slider, and wait for the changed figure."""
    slider.focus()
    before = processor_seconds(process)
    tab.page.evaluate(WATCH)
    tab.page.keyboard.press(key)
    found = tab.page.evaluate("() => window.answered")
    tab.settle()
    return Answer(found["wait"], 1000 * (processor_seconds(process) - before), found["isNew"])


def line(label: str, answers: list[Answer]) -> str:
    """What one slider takes."""
    waits, server = [answer.wait for answer in answers], [answer.server for answer in answers]
    anew = sum(answer.is_page_new for answer in answers)
    said = f"{label}: {median(waits):.0f} ms, at worst {max(waits):.0f}; server {median(server):.0f} ms"
    return f"{said} of processor time; page drawn anew {anew} of {len(answers)} times"


def run(times: int) -> float:
    """Print a line for each slider of each page; returns the longest of their median waits."""
    slowest = 0.0
    with started() as (url, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(playwright), args=chromium.ARGUMENTS)
        with chromium.tab(browser, url) as tab:
            load_sample(tab)
            for page in PAGES:
                go(tab, page)
                sliders = tab.part("stMain").get_by_role("slider")
                for place in range(sliders.count()):
                    slider = sliders.nth(place)
                    move(tab, slider, KEYS[0], process)
                    answers = [move(tab, slider, KEYS[turn % 2 == 0], process) for turn in range(times)]
                    slowest = max(slowest, median(answer.wait for answer in answers))
                    print(line(f"{page}, slider {place + 1}", answers), flush=True)
    return slowest


if __name__ == "__main__":
    worst = run(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
    print(f"Slowest median {worst:.0f} ms, goal {GOAL}: {'met' if worst <= GOAL else 'missed'}.")
    sys.exit(worst > GOAL)
