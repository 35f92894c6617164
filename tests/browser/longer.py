"""A server whose every text is longer than English, for a test: ``-m tests.browser.longer``."""

from __future__ import annotations

from accuracy_lens.serve import server
from accuracy_lens.words import text
from tests.app.pseudo import Pseudo

if __name__ == "__main__":
    text.catalogue = lambda _: Pseudo()
    server.main()
