"""The visitor's own metric on the Metrics page: numbers, refusals, the link and the files."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pyarrow.parquet
import pytest

from accuracy_lens.jobs import formula_runs
from metrics_core.scenarios import scenario

ERROR = "mean(abs(y_true - y_pred))"
PAIR = "{'hit': mean(round(y_pred) == y_true), 'mean_pred': mean(y_pred)}"


def arrays(name):
    data = scenario(name).predictions()
    return data.labels.astype(np.float64), data.outputs.astype(np.float64), data


def write(lens, formula):
    lens.app.text_input(key="formula").set_value(formula)
    return lens.run()


def shown(lens):
    return {metric.label.replace("\\", ""): metric.value for metric in lens.app.metric}


def means(lens, metric="value"):
    return lens.table("Batch by batch")[metric].tolist()


def test_nothing_is_computed_while_the_field_is_empty(visit, monkeypatch):
    def refuse(*args, **kwargs):
        pytest.fail("asked")

    monkeypatch.setattr(formula_runs.FORMULAS, "run", refuse)
    lens = visit()
    assert lens.app.text_input(key="formula").value == ""
    assert not shown(lens)
    write(lens, "   ")
    assert not shown(lens)
    assert lens.errors == []


def test_the_three_examples_give_what_numpy_gives(visit):
    labels, outputs, _ = arrays("no-activation")
    lens = visit(scenario="no-activation")
    gap, mean = np.mean(np.abs(labels - outputs)), np.mean(outputs)
    assert shown(write(lens, ERROR)) == {ERROR: f"{gap:.4f}"}
    assert shown(write(lens, "mean(y_pred)")) == {"mean(y_pred)": f"{mean:.4f}"}
    hit = np.mean(np.rint(outputs) == labels)
    assert shown(write(lens, PAIR)) == {"hit": f"{hit:.4f}", "mean_pred": f"{mean:.4f}"}
    assert {hit, mean, gap}.isdisjoint({0.0, 1.0})


def test_the_number_of_each_release_stands_beside_the_value_over_all_samples(visit):
    _, outputs, _ = arrays("no-activation")
    lens = visit(formula="max(y_pred)", formula_batch=36)
    batches = [outputs[:36].max(), outputs[36:72].max(), outputs[72:].max()]
    by_length = np.average(batches, weights=[36, 36, len(outputs) - 72])
    wanted = [outputs.max(), np.mean(batches), by_length, np.mean(batches)]
    assert means(lens) == [f"{value:.4f}" for value in wanted]
    assert "is not the number of all samples together" in lens.texts
    write(lens, "mean(y_pred)")
    assert "the 24 samples of the last batch weigh as much as 36" in lens.texts
    write(lens, "y_pred")
    assert means(lens)[0] == means(lens)[3]
    assert "Each sample has its own value" in lens.texts
    lens.set(formula_batch=96)
    assert "All samples fit into one batch" in lens.texts


def test_the_parts_of_one_sample_stand_below_what_they_make(visit):
    labels, outputs, _ = arrays("no-activation")
    lens = visit(formula=ERROR, sample=3)
    table = lens.table("Parts of the formula")
    assert [part.strip() for part in table["part"]] == [
        ERROR, "abs(y_true - y_pred)", "y_true - y_pred", "y_true", "y_pred",
    ]  # fmt: skip
    assert [len(part) - len(part.lstrip()) for part in table["part"]] == [0, 1, 2, 3, 3]
    gap = labels[3] - outputs[3]
    assert table["value"].tolist()[1:] == [
        f"{abs(gap):.4f}", f"{gap:.4f}", "1", f"{outputs[3]:.4f}",
    ]  # fmt: skip
    assert table["of"].tolist() == ["all samples"] + ["this sample"] * 4
    assert lens.set(sample=4).table("Parts of the formula")["value"].iloc[4] == (
        f"{outputs[4]:.4f}"
    )


def test_the_metric_follows_threshold_activation_and_card(visit):
    labels, outputs, _ = arrays("no-activation")
    lens = visit(formula="mean(scores > threshold)")
    assert list(shown(lens).values()) == [f"{np.mean(outputs > 0.5):.4f}"]
    lens.set(threshold=0.7)
    assert list(shown(lens).values()) == [f"{np.mean(outputs > np.float32(0.7)):.4f}"]
    lens.set(activation="sigmoid")
    scores = 1 / (1 + np.exp(-outputs))
    assert list(shown(lens).values()) == [f"{np.mean(scores > np.float32(0.7)):.4f}"]
    write(lens.set(activation="none"), "mean(matches)")
    assert list(shown(lens).values()) == [lens.values["binary_accuracy"]]
    assert "Decisions and matches are those of the selected metric" in lens.texts
    lens.set(card="binary_accuracy_rounded")
    assert list(shown(lens).values()) == [lens.values["binary_accuracy_rounded"]]
    assert np.mean(np.rint(outputs) == labels) == pytest.approx(
        float(lens.values["binary_accuracy_rounded"]), abs=1e-4
    )


def test_the_filter_of_the_table_has_a_number_of_its_own(visit):
    labels, outputs, _ = arrays("no-activation")
    lens = visit(formula=ERROR, show="wrong")
    wrong = (outputs > 0.5) != labels
    gap = np.mean(np.abs(labels - outputs)[wrong])
    assert f"Over the {wrong.sum()} samples of the filter “wrong only”: Your metric {gap:.4f}" in (
        lens.texts
    )
    assert "of the filter" not in lens.set(show="all").texts


def test_weights_count_in_values_a_sample_and_not_in_one_number(visit):
    content = b"y_true,y_pred,sample_weight\n1,0.75,3\n0,0.5,1\n1,0.25,0\n"
    lens = visit(data="upload").drop("w.csv", content).click("use")
    write(lens, "abs(y_true - y_pred)")
    plain = (0.25 + 0.5 + 0.75) / 3
    assert list(shown(lens).values()) == [f"{plain:.4f}"]
    lens.set(weighted=True)
    assert list(shown(lens).values()) == [f"{(3 * 0.25 + 0.5) / 4:.4f}"]
    assert means(lens)[2] == "–"
    write(lens, ERROR)
    assert list(shown(lens).values()) == [f"{plain:.4f}"]
    assert "Sample weights have no effect" in lens.texts


def test_names_and_functions_are_listed_on_request(visit):
    lens = visit()
    assert not [frame for frame in lens.app.dataframe if "formula" in frame.proto.alt]
    lens.app.session_state["formula_help"] = True
    lens.run()
    assert {"y_true", "matches", "k"} <= set(lens.table("Names of a formula")["name"])
    assert "clip(x, low, high)" in set(lens.table("Functions of a formula")["function"])


@pytest.mark.parametrize(
    ("formula", "words", "place"),
    [
        ("mean(y_tru)", "Did you mean y_true?", "mean(y_tru)\n     ^^^^^"),
        ("y_pred.mean()", "must not have a dot after a name", "y_pred.mean()\n"),
        ("mean(y_pred", "must be one complete calculation", "mean(y_pred\n"),
        ("__import__('os')", "knows", "__import__('os')\n^^^^^^^^^^"),
        ("k + sample_weight", "must use only what these predictions have",
         "k + sample_weight\n    ^^^^^^^^^^^^^"),
    ],
)  # fmt: skip
def test_a_refusal_points_at_the_place_and_names_the_remedy(visit, formula, words, place):
    lens = visit(formula=formula)
    (error,) = lens.errors
    assert words in error
    assert any(code.value.startswith(place) for code in lens.app.code)
    assert not shown(lens)
    assert lens.values["binary_accuracy"] == "0.7396"


def test_a_formula_that_takes_too_long_is_stopped_and_says_so(visit, monkeypatch):
    from accuracy_lens.jobs.workers import WorkerError

    def stop(*args, **kwargs):
        raise WorkerError("time")

    with monkeypatch.context() as patch:
        patch.setattr(formula_runs.FORMULAS, "run", stop)
        lens = visit(formula="mean(square(y_pred)) * 0.75")
    (error,) = lens.errors
    assert "must be computed within 2 seconds" in error
    assert "it was stopped" in error
    assert shown(write(lens, "mean(y_pred)"))


def test_the_formula_is_in_the_link_and_goes_along_to_other_pages(visit):
    lens = write(visit(), PAIR)
    assert lens.app.text_input(key="formula").proto.query_param_key == "formula"
    assert shown(visit(formula=PAIR)) == shown(lens)
    lens.app.switch_page("pages/explain/doctor.py")
    lens.run()
    lens.app.switch_page("pages/explore/metrics.py")
    lens.run()
    assert lens.app.text_input(key="formula").value == PAIR
    assert set(shown(lens)) == {"hit", "mean_pred"}
    assert len(visit(formula="1" * 3000).app.text_input(key="formula").value) <= 1000


def test_the_code_for_keras_and_numpy_gives_the_number(visit):
    labels, outputs, _ = arrays("no-activation")
    lens = visit(formula=ERROR)
    assert not lens.app.code
    lens.app.session_state["formula_code"] = True
    lens.run()
    (code,) = (c.value for c in lens.app.code if c.value.startswith("import numpy"))
    made = {"y_true": labels, "y_pred": outputs}
    exec(code, made)
    assert f"{made['result']:.4f}" == shown(lens)[ERROR]
    assert any("from keras import" in code.value for code in lens.app.code)


def test_the_table_and_the_files_hold_the_metric(visit, files):
    labels, outputs, _ = arrays("no-activation")
    gap = np.abs(labels - outputs)
    lens = visit(formula="{'gap': abs(y_true - y_pred), 'top': max(y_pred)}", formula_batch=50)
    assert lens.table()["your_gap"].tolist() == pytest.approx(gap[:50])
    assert "your_top" not in lens.table()
    rows = list(csv.DictReader(io.StringIO(files["csv"]().decode())))
    assert [float(row["your_gap"]) for row in rows] == pytest.approx(gap)
    table = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]()))
    assert table["your_gap"].to_pylist() == pytest.approx(gap)
    said = json.loads(files["json"]())["your_metric"]
    assert said["formula"] == "{'gap': abs(y_true - y_pred), 'top': max(y_pred)}"
    assert (said["batch_size"], said["decisions_of"]) == (50, "binary_accuracy")
    first, second = said["metrics"]
    assert (first["name"], first["by_sample"]) == ("gap", True)
    assert first["result"] == pytest.approx(gap.mean())
    assert second["result"] == outputs.max()
    assert second["keras_3"] == pytest.approx((outputs[:50].max() + outputs[50:].max()) / 2)
    write(lens, "")
    assert "your_metric" not in json.loads(files["json"]())
    assert "your_gap" not in files["csv"]().decode().splitlines()[0]
