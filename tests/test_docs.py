"""The documentation has every page in its navigation, and documents what there is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def test_every_page_is_in_the_navigation():
    named = {page for entry in SITE["nav"] for page in entry.values()}
    assert named == {page.name for page in DOCS.glob("*.md")}


def test_what_the_library_page_documents_is_there_and_described():
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    names = re.findall(r"^::: (\S+)$|\]\[(\S+?)\]", text, re.MULTILINE)
    for name in sorted({first or second for first, second in names}):
        module, _, attribute = name.rpartition(".")
        try:
            found = import_module(name)
        except ModuleNotFoundError:
            found = getattr(import_module(module), attribute)
        assert found.__doc__, name
