"""A page in a real browser, watched while a test walks through it."""

from playwright.sync_api import Page, ViewportSize

_SETTLED = """() => new Promise((done, give_up) => {
  let quiet = 0, looks = 0;
  const look = () => {
    const app = document.querySelector('[data-testid=stApp]');
    quiet = app?.dataset.testScriptState === 'notRunning' ? quiet + 1 : 0;
    if (++looks > 1800) return give_up(new Error('the script never stood still'));
    quiet < 8 ? setTimeout(look, 50) : done();
  };
  look();
})"""
"""Until the page's script has stood still for a while: one run may call for another."""


_STILL = """() => new Promise((done, give_up) => {
  const drawn = '[data-testid=stMain], [data-testid=stSidebar], canvas, svg.marks, table';
  let quiet = 0, looks = 0, last = '';
  const look = () => {
    const boxes = [...document.querySelectorAll(drawn)].map((each) => {
      const box = each.getBoundingClientRect();
      return [box.x, box.width, each.scrollWidth];
    });
    const app = document.querySelector('[data-testid=stApp]');
    const now = JSON.stringify([window.innerWidth, boxes]);
    quiet = now === last && app?.dataset.testScriptState === 'notRunning' ? quiet + 1 : 0;
    last = now;
    if (++looks > 1800) return give_up(new Error('the page never stood still'));
    quiet < 5 ? setTimeout(look, 50) : done();
  };
  look();
})"""
"""Until nothing wide has moved for a while: pictures and the menu follow the screen's size."""


class Watched:
    """A page whose console errors and foreign requests are noted."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda asked: self._asked(asked.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "GL Driver Message" not in text:
            self.errors.append(text)  # a software renderer's own remark is no fault of the page

    def _asked(self, url: str) -> None:
        known = (self.base, self.base.replace("http", "ws"), "data:", "blob:")
        if not url.startswith(known):
            self.foreign.append(url)

    def open(self, address: str) -> None:
        """Go to an address and wait until its script has finished."""
        self.page.goto(f"{self.base}/{address}")
        self.page.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)
        self.page.evaluate(_SETTLED)

    def settled(self) -> None:
        """Wait until the page's script has stood still."""
        self.page.evaluate(_SETTLED)

    def resize(self, size: ViewportSize) -> None:
        """Give the screen another size and wait until the page has followed it."""
        self.page.set_viewport_size(size)
        self.page.evaluate(_STILL)
