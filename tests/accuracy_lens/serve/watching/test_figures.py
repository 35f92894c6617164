"""Figures for the operator alone, and a log without anything that visitors brought."""

from __future__ import annotations

import json
import logging

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from accuracy_lens.jobs import parsing
from accuracy_lens.measured import REGISTRY
from accuracy_lens.serve.guarding.guard import FIGURES
from accuracy_lens.serve.watching import figures, journal
from accuracy_lens.serve.watching.figures import Figures, Now
from accuracy_lens.serve.watching.journal import FORM, OURS, Line
from accuracy_lens.view.quotas import quotas
from metrics_core.errors import InputError
from tests import aside


def asked(path, **headers):
    sent = []

    async def inner(scope, receive, send):
        await send({"type": "http.response.start", "status": 299})

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "path": path, "headers": raw, "method": "GET"}
    aside.run(Figures(inner, "/lens")(scope, None, send))
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]).decode()


def test_figures_are_there_for_who_has_the_password_alone_and_others_have_the_page(monkeypatch):
    monkeypatch.delenv(FIGURES, raising=False)
    assert asked("/lens/metrics", authorization="Bearer ")[0] == 404
    monkeypatch.setenv(FIGURES, "a password")
    assert asked("/lens/metrics")[0] == 299
    assert asked("/lens/metrics", authorization="Bearer guessed")[0] == 404
    status, text = asked("/lens/metrics", authorization="Bearer a password")
    assert status == 200
    assert "accuracy_lens_file_seconds" in {
        family.name for family in text_string_to_metric_families(text)
    }
    assert asked("/lens/metrics/more")[0] == asked("/metrics")[0] == 299


def test_sessions_runs_queue_and_bytes_are_told_as_they_stand(monkeypatch):
    monkeypatch.setattr(figures, "connected", lambda: 7)
    now = {family.name: family.samples[0].value for family in Now().collect()}
    assert now["accuracy_lens_sessions"] == 7
    assert now["accuracy_lens_unread_bytes_most"] == quotas().unread_bytes
    assert now["accuracy_lens_files_waiting"] == now["accuracy_lens_trainings_going"] == 0


def test_a_file_is_timed_and_logged_without_its_name_and_cells(caplog):
    def files(outcome):
        name, labels = "accuracy_lens_file_seconds_count", {"outcome": outcome}
        return REGISTRY.get_sample_value(name, labels) or 0

    before = files("read"), files("refused")
    with caplog.at_level(logging.INFO, OURS):
        parsing.parse_upload(b"y_true,y_pred\n1,0.7\n0,0.2\n", "of_my_patient.csv")
        with pytest.raises(InputError):
            parsing.parse_upload(b"\x00\x01", "of_my_patient.npz")
    assert (files("read"), files("refused")) == (before[0] + 1, before[1] + 1)
    lines = [json.loads(Line().format(record)) for record in caplog.records]
    assert [line["outcome"] for line in lines] == ["read", "refused"]
    assert lines[0]["bytes"] == 26
    assert "patient" not in json.dumps(lines)
    assert b"patient" not in generate_latest(REGISTRY)


def test_an_error_is_logged_by_its_number_its_class_and_its_places_never_by_its_words():
    try:
        float("diagnosis of a patient")
    except ValueError as error:
        record = logging.LogRecord(
            OURS, logging.ERROR, "a.py", 1, "Error %s", ("0a1b2c3d",),
            (type(error), error, error.__traceback__),
        )  # fmt: skip
    said = json.loads(Line().format(record))
    assert (said["message"], said["exception"]) == ("Error 0a1b2c3d", "ValueError")
    assert said["places"][0].endswith("by_its_words")
    assert "patient" not in json.dumps(said)
    trace = 'Traceback:\n  File "run.py", line 3, in train\nkeras.Broken: cell of a patient'
    record = logging.LogRecord(OURS, 40, "a.py", 1, "Error %s in a run\n%s", ("0", trace), None)
    said = json.loads(Line().format(record))
    assert (said["exception"], said["places"]) == ("keras.Broken", ["run.py:3 train"])
    assert "patient" not in json.dumps(said)
    other = logging.LogRecord("pyarrow", 30, "a.py", 1, "could not read %s", ("patient",), None)
    assert json.loads(Line().format(other))["message"] == "could not read %s"


def test_another_form_of_the_log_is_refused(monkeypatch):
    monkeypatch.setenv(FORM, "xml")
    with pytest.raises(InputError, match="json or text"):
        journal.set_up()
