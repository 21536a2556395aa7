"""What axe finds wrong with a page as it stands on the screen (WCAG 2.1, A and AA)."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js"
# Preloading serves one experimental rule, which is none of these.
ASK = """
async () => {
  if (typeof axe == "undefined") return null;
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap((r) => r.nodes.map((n) => `${r.id} ${n.target} ${n.failureSummary}`));
}
"""


@cache
def script() -> str:
    """Return axe itself."""
    return SCRIPT.read_text(encoding="utf-8")


def complaints(page: Page) -> list[str]:
    """Return a line for every element that breaks a rule."""
    found: list[str] | None = page.evaluate(ASK)
    if found is None:
        page.evaluate(script())
        found = page.evaluate(ASK)
    assert found is not None
    return found
