"""Reading a data set on a page."""

from __future__ import annotations

import time


def read(lens):
    """Press the button, and wait for the files to be read."""
    return wait(lens.click("read"))


def wait(lens):
    end = time.monotonic() + 60
    while any(button.key == "stop_reading" for button in lens.app.button):
        assert time.monotonic() < end
        time.sleep(0.2)
        lens.run()
    return lens
