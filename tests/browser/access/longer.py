"""A server whose every text is longer than English.

For a test: ``-m tests.browser.access.longer``.
"""

from __future__ import annotations

from accuracy_lens.serve import server
from accuracy_lens.words import text
from tests.app.words.pseudo import Pseudo

if __name__ == "__main__":
    text.catalogue = lambda _: Pseudo()
    server.main()
