"""Texts half as long again as English are not cut off, on a desk's screen and on a phone's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, serving
from tests.browser.screen import idle

pytestmark = pytest.mark.long

LEADS = {
    "/?scenario=no-activation": ".card",
    "/thresholds": ".plot",
    "/classes?scenario=ten-sigmoid-units": "table, [data-testid=stPlotlyChart]",
    "/which_accuracy": "[data-testid=stDataFrame], table",
    "/explain_a_number?printed=0.6771": "[data-testid=stMain] h2",
    "/doctor": "[data-testid=stMain] h3",
    "/training": "[data-testid=stMain] h2",
    "/help": "[data-testid=stMain] h2",
}
"""The first thing that tells that a page stands."""

CUT = """() => {
    const found = [];
    const HEARD = ".katex-mathml"; // for screen readers
    const hides = (style) => ["hidden", "clip"].includes(style.overflowX);
    const walk = (root) => root.querySelectorAll("*").forEach((node) => {
        if (node.shadowRoot) walk(node.shadowRoot);
        const style = getComputedStyle(node);
        const box = node.getBoundingClientRect();
        const said = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
        if (!said || box.width < 4 || !node.checkVisibility() || node.closest(HEARD)) return;
        const scrolls = (up) => {
            for (let at = up; at; at = at.parentElement ?? at.getRootNode().host)
                if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)
                    && at.scrollWidth > at.clientWidth) return true;
            return false;
        };
        const within = [node, node.parentElement, node.parentElement?.parentElement].some((at) =>
            at && hides(getComputedStyle(at)) && at.scrollWidth > at.clientWidth + 1);
        const main = document.querySelector("[data-testid=stMain]").getBoundingClientRect();
        const beyond = box.left >= main.left && box.right > main.right + 1 && !scrolls(node);
        if (within || beyond) found.push(node.textContent.trim().slice(0, 60));
    });
    walk(document);
    return found;
}"""


@pytest.fixture(scope="module")
def longer(tmp_path_factory):
    with serving("tests.browser.access.longer", tmp_path_factory.mktemp("longer")) as server:
        yield server


def test_longer_texts_are_not_cut_off(browser, longer):
    context = browser.new_context(base_url=longer.url, viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    cut = {}
    for path, lead in LEADS.items():
        page.set_viewport_size(DESK)
        page.goto(path)
        page.locator(lead).first.wait_for()
        expect(page.get_by_role("heading", level=1)).to_contain_text("⟦")
        idle(page)
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            page.wait_for_timeout(500)
            found = page.evaluate(CUT)
            if found:
                cut[path, screen["width"]] = found
    heading = page.get_by_role("heading", level=1)
    heading.evaluate("node => { node.style.width = '4rem'; node.style.overflow = 'hidden' }")
    heading.evaluate("node => { node.style.whiteSpace = 'nowrap' }")
    assert any("Ĥéĺṕ" in text for text in page.evaluate(CUT))  # what is cut off is found
    context.close()
    assert cut == {}
