"""axe-core on a page and every frame in it."""

from functools import cache
from pathlib import Path

RUN = """
  () => axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map((one) =>
    one.id + ": " + one.nodes.map((node) => node.target.join(" ")).join(", ")))
"""


@cache
def _source():
    return (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")


async def violations(page):
    """What keeps somebody from using it: `rule: where, where`."""
    for frame in page.frames:
        await frame.evaluate(_source())
    return await page.evaluate(RUN)
