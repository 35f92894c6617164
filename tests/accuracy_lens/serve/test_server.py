"""An unforeseen error becomes a sentence with a number, and a traceback in the log under it."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def failing_page() -> None:
    from accuracy_lens.serve.server import report_error

    try:
        _ = {}["a secret of the program"]
    except KeyError as error:
        report_error(error)


def test_the_page_shows_a_number_and_the_log_has_the_traceback_under_it(caplog):
    page = AppTest.from_function(failing_page).run()
    assert not page.exception
    assert len(page.error) == 1
    shown = page.error[0].value
    number = re.search(r"error number ([0-9a-f]{8})\.$", shown)[1]
    assert "secret" not in shown
    assert "KeyError" not in shown
    assert f"Error {number}" in caplog.text
    assert "Traceback (most recent call last)" in caplog.text
    assert "a secret of the program" in caplog.text


def test_each_error_has_its_own_number():
    pages = [AppTest.from_function(failing_page).run() for _ in range(2)]
    assert pages[0].error[0].value != pages[1].error[0].value
