"""`accuracy-lens sweep`: files of any size, a state that is kept, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accuracy_lens.shell.program import run
from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets import cluster
from metrics_core.datasets.running import Here
from metrics_core.sweep import Sweep, auc, average_precision, best_thresholds


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Four files in a folder, and their rows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    rng = np.random.default_rng(5)
    scores = rng.random(100_000, np.float32)
    labels = rng.random(100_000) < scores
    for part in range(4):
        rows = slice(25_000 * part, 25_000 * (part + 1))
        table = pa.table({"label": labels[rows].astype(np.int8), "score": scores[rows]})
        pq.write_table(table, f"part-{part}.parquet")
    return scores, labels


@pytest.fixture
def said(capsys):
    def call(*arguments):
        code = run(["sweep", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_a_pattern_is_swept_and_its_state_kept(files, said):
    sweep = Sweep.of(*files)
    code, out, err = said("part-*.parquet", "--json", "-o", "state.npz", "--threshold", "0.12345")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["auc"] == pytest.approx(auc(sweep), rel=1e-12)
    assert found["average_precision"] == pytest.approx(average_precision(sweep), rel=1e-12)
    assert (found["n"], found["distinct"]) == (100_000, sweep.distinct)
    assert found["counts"]["tp"] == sweep.at(float(np.float32(0.12345))).true_positives
    best = {each.name: each for each in best_thresholds(sweep)}
    assert {each["name"]: each["threshold"] for each in found["best"]} == {
        name: each.threshold for name, each in best.items()
    }
    assert 2000 < found["exact_thresholds"] < 6000
    again = json.loads(said("state.npz", "--json", "--threshold", "0.12345")[1])
    assert again.pop("source") == {"state": "state.npz"}
    assert found.pop("source")["files"] == 4
    assert again == found


def test_a_cost_has_its_best_threshold_and_stays_in_the_state(files, said):
    sweep = Sweep.of(*files)
    dear = ("--cost", "0", "1", "0", "9")
    code, out, err = said("part-*.parquet", "--json", "-o", "state.npz", *dear)
    assert (code, err) == (0, "")
    best = best_thresholds(sweep, cost=CostMatrix(fn=9.0))[-1]
    found = json.loads(out)
    assert found["cost"] == {"tp": 0.0, "fp": 1.0, "tn": 0.0, "fn": 9.0}
    last = found["best"][-1]
    assert (last["name"], last["value"], last["threshold"]) == ("cost", best.value, best.threshold)
    assert json.loads(said("state.npz", "--json")[1])["best"][-1] == last
    assert f"{float(sweep.at(0.5).cost(CostMatrix(fn=9.0))):.4f}" in said("state.npz")[1]
    code, _, err = said("state.npz", "--cost", "0", "1", "0", "8")
    assert code == 2
    assert "must be asked for when the files are swept" in err


def test_a_state_of_all_thresholds_knows_every_cost(tmp_path, monkeypatch, said):
    monkeypatch.chdir(tmp_path)
    labels, scores = np.int8([0, 1, 0, 1, 1]), np.float32([0.125, 0.25, 0.5, 0.5, 0.75])
    pq.write_table(pa.table({"y_true": labels, "y_pred": scores}), "few.parquet")
    said("few.parquet", "-o", "state.npz")
    cost = CostMatrix(fp=4.0)
    best = best_thresholds(Sweep.of(scores, labels == 1), cost=cost)[-1]
    found = json.loads(said("state.npz", "--json", "--cost", "0", "4", "0", "1")[1])["best"][-1]
    assert (found["value"], found["low"], found["high"]) == (best.value, best.low, best.high)


def test_a_state_says_which_thresholds_it_does_not_know(files, said):
    said(".", "-o", "state.npz")
    known = said("state.npz", "--threshold", "0.25")[1]
    assert "does not know" not in known
    unknown = said("state.npz", "--threshold", "0.123456")[1]
    assert "The state does not know the counts at 0.123456; sweep the files with it." in unknown
    assert json.loads(said("state.npz", "--threshold", "0.123456", "--json")[1])["counts"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none-*.parquet"], "must name a Parquet file, a folder of them or a pattern"),
        (["nosuch://x"], "must be an address that can be opened here"),
        (["part-0.parquet", "--y-pred", "p"], "must be a column of every file"),
        (["part-0.parquet", "--class-index", "3"], "must be a class from 0 to 1"),
        (["part-0.parquet", "-o", "state.json"], "must end with .npz"),
        (["gone.npz"], "must be a state that `accuracy-lens sweep -o` wrote"),
    ],
)
def test_what_cannot_be_swept_is_one_sentence(files, said, arguments, words):
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_columns_that_leave_a_doubt_are_asked_about(tmp_path, said, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"a": [0, 1, 1], "b": [0.2, 0.7, 0.9]}), "x.parquet")
    code, _, err = said("x.parquet")
    assert code == 2
    assert "--y-true a --y-pred b" in err
    assert said("x.parquet", "--y-true", "a", "--y-pred", "b")[0] == 0


def test_several_outputs_and_weights(tmp_path, said, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(1)
    outputs, labels = rng.random((500, 3)), rng.integers(0, 3, 500)
    weight = rng.random(500)
    columns = {f"prob_{each}": outputs[:, each] for each in range(3)}
    pq.write_table(pa.table({"label": labels, **columns, "sample_weight": weight}), "x.parquet")
    one = json.loads(said("x.parquet", "--class-index", "2", "--weighted", "--json")[1])
    assert one["auc"] == pytest.approx(auc(Sweep.of(outputs[:, 2], labels == 2, weight)), rel=1e-12)
    every = json.loads(said("x.parquet", "--json")[1])
    assert every["n"] == 1500


@pytest.mark.parametrize("as_lists", [False, True])
def test_a_label_for_each_output(tmp_path, said, monkeypatch, as_lists):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(2)
    outputs, labels = rng.random((400, 3)), (rng.random((400, 3)) < 0.4) * 1
    columns = {"t": labels.tolist(), "p": outputs.tolist()}
    chosen = ["--y-true", "t", "--y-pred", "p"]
    if not as_lists:
        columns = {f"t{each}": labels[:, each] for each in range(3)}
        columns |= {f"p{each}": outputs[:, each] for each in range(3)}
        chosen = [word for each in range(3) for word in ("--y-true", f"t{each}")]
        chosen += [word for each in range(3) for word in ("--y-pred", f"p{each}")]
    pq.write_table(pa.table(columns), "x.parquet")
    every = json.loads(said("x.parquet", *chosen, "--json")[1])
    whole = Sweep.of(outputs.reshape(-1), labels.reshape(-1) == 1)
    assert (every["n"], every["auc"]) == (1200, pytest.approx(auc(whole), rel=1e-12))
    one = json.loads(said("x.parquet", *chosen, "--class-index", "1", "--json")[1])
    alone = Sweep.of(outputs[:, 1], labels[:, 1] == 1)
    assert one["auc"] == pytest.approx(auc(alone), rel=1e-12)


def test_the_cluster_of_the_environment_does_the_work(files, said, monkeypatch):
    made = []

    class Cluster(Here):
        def __init__(self, address):
            made.append(address)
            super().__init__()

    monkeypatch.setattr(cluster, "OnCluster", Cluster)
    monkeypatch.setenv("ACCURACY_LENS_SCHEDULER", "tcp://10.0.0.5:8786")
    assert said("part-*.parquet")[0] == 0
    assert made == ["tcp://10.0.0.5:8786"]


def test_labels_that_are_words_and_the_output_of_class_0(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    score = np.linspace(0, 1, 500)
    words = pa.table({"mail": np.where(score > 0.5, "spam", "ham"), "score": score})
    pq.write_table(words, "mail.parquet")
    pq.write_table(
        pa.table({"label": (score > 0.5).astype(int), "prob_0": 1 - score}), "zero.parquet"
    )
    columns = ("--y-true", "mail", "--y-pred", "score")
    found = json.loads(said("mail.parquet", "--json", *columns)[1])
    assert (found["auc"], found["source"]["classes"]) == (1.0, ["ham", "spam"])
    assert "0 = ham, 1 = spam." in said("mail.parquet", *columns)[1]
    turned = said("mail.parquet", "--json", *columns, "--class", "spam", "--class", "ham")[1]
    assert json.loads(turned)["auc"] == 0.0
    code, _, err = said("mail.parquet", *columns, "--class", "ham", "--class", "fox")
    assert (code, "'spam' in row 250 of mail.parquet" in err) == (2, True)
    zero = json.loads(said("zero.parquet", "--json", "--y-true", "label", "--y-pred", "prob_0")[1])
    assert (zero["auc"], zero["source"]["turned"]) == (1.0, True)
    assert "prob_0 is the probability of class 0" in zero["source"]["notes"][0]


def test_rows_that_lack_a_cell_and_columns_in_another_order_are_told(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    rng = np.random.default_rng(3)
    classes, outputs = rng.integers(0, 3, 200), rng.random((200, 3))
    columns = {f"y_{name}": (classes == "abc".index(name)).astype(int) for name in "cab"}
    columns |= {f"p_{name}": outputs[:, place] for place, name in enumerate("abc")}
    columns["p_b"] = pa.array(outputs[:, 1], mask=np.arange(200) < 5)
    pq.write_table(pa.table(columns), "holes.parquet")
    code, _, err = said("holes.parquet")
    assert (code, "a missing cell in row 0 of holes.parquet" in err) == (2, True)
    found = json.loads(said("holes.parquet", "--drop-missing", "--json")[1])
    assert (found["n"], found["source"]["rows"], found["source"]["left_out"]) == (585, 200, 5)
    whole = Sweep.of(outputs[5:].reshape(-1), np.eye(3)[classes[5:]].reshape(-1) == 1)
    assert found["auc"] == pytest.approx(auc(whole), rel=1e-12)
    out = said("holes.parquet", "--drop-missing")[1]
    assert "The label columns were reordered to match the output columns." in out
    assert "5 rows with a missing cell or NaN are left out." in out
