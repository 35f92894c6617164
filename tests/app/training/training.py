"""Steps of the tests that train on the Training page, with runs that end at once."""

from __future__ import annotations

import time

TRAINING = "pages/learn/training.py"


METRICS = "pages/explore/metrics.py"


def opened(visit, **query):
    lens = visit()
    lens.app.switch_page(TRAINING)
    for name, value in query.items():
        lens.app.query_params[name] = value
    return lens.run()


def until(lens, text):
    """Poll, as the browser does, until something is said."""
    end = time.monotonic() + 20
    while text not in said(lens):
        assert time.monotonic() < end, said(lens)
        time.sleep(0.05)
        lens.run()
    return lens


def said(lens):
    bars = "\n".join(bar.proto.text for bar in lens.app.get("progress"))
    return f"{lens.texts}\n{bars}".replace("\\", "")


def epoch(lens):
    return lens.app.slider(key="at_epoch")


def numbers(lens):
    return [metric.value for metric in lens.app.metric]
