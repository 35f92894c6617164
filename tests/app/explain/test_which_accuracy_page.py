"""Which accuracy?: the branch taken, the number it prints, the releases beside each other."""

from __future__ import annotations

import pytest

from accuracy_lens.explain.which_accuracy import answers
from accuracy_lens.jobs import ask_keras
from accuracy_lens.jobs.ask_keras import KerasAnswer
from metrics_core.releases import RELEASES, CompiledAccuracy, for_predictions
from metrics_core.scenarios import SCENARIOS, scenario

PAGE = "pages/explain/which_accuracy.py"


def open_page(visit, **query):
    lens = visit(**query)
    lens.app.switch_page(PAGE)
    return lens.run()


def ten_units(visit, **query):
    return open_page(visit, scenario="Ten sigmoid units: 0.9 with 9,002 of 10,000 wrong", **query)


def taken(lens):
    (line,) = (line for line in lens.texts.splitlines() if "taken**" in line)
    return line


def metric(lens):
    (found,) = lens.app.metric
    return found.label.replace("\\", ""), found.value


def test_a_scenario_starts_with_the_loss_and_the_release_of_its_story(visit):
    lens = ten_units(visit)
    assert lens.app.selectbox(key="which_loss").value == "binary_crossentropy"
    assert metric(lens) == ("Keras 2.2.4: acc", "0.9000")
    said = "compiled with the loss binary_crossentropy, and Keras 2.2.4 printed the number."
    assert said in lens.texts
    other = open_page(visit)
    assert metric(other)[0] == "Keras 3.15.1: accuracy"
    assert "compiled with the loss" not in other.texts


def test_a_scenario_starts_with_the_activation_of_its_story(visit):
    lens = open_page(visit, scenario="Softmax on a single unit")
    assert metric(lens) == ("Keras 3.15.1: accuracy", "0.6500")


def test_another_scenario_takes_its_own_loss_and_release(visit):
    lens = ten_units(visit).set(scenario="no-activation")
    assert lens.app.selectbox(key="which_loss").value == "usual"
    assert metric(lens)[0] == "Keras 3.15.1: accuracy"
    lens.set(scenario="ten-sigmoid-units")
    assert metric(lens) == ("Keras 2.2.4: acc", "0.9000")


def test_the_loss_decides_until_tensorflow_2_1_and_the_shapes_since(visit):
    lens = ten_units(visit, which_release="Keras 3.15.1")
    table = lens.table("All releases").set_index("releases")
    shapes = "tf.keras 2.2.0–2.15.0, Keras 3.0.0–3.15.1"
    assert table["prints"].to_dict() == {
        "Keras 1.0.8–2.2.5, tf.keras 1.4.0–1.8.0": "0.9000",
        "Keras 2.3.0–2.3.1": "0.9000",
        "tf.keras 1.12.0–1.15.0": "0.9000",
        "tf.keras 2.0.0–2.1.0": "0.9000",
        shapes: "0.0998",
    }
    assert table["decided by"].tolist() == ["loss and units"] * 4 + ["shapes"]
    assert table["function"].tolist() == ["binary_accuracy"] * 4 + ["categorical_accuracy"]
    assert table["compared with the selected release"].tolist() == [
        "differs: number, rule, name",
        "differs: number, rule",
        "differs: number, rule, name",
        "differs: number, rule",
        "selected",
    ]
    assert metric(lens) == ("Keras 3.15.1: accuracy", "0.0998")
    assert "Labels and outputs have several columns" in taken(lens)


def test_a_cold_link_carries_release_and_loss(visit):
    lens = ten_units(visit, which_release="Keras 2.2.4", which_loss="binary_crossentropy")
    assert metric(lens) == ("Keras 2.2.4: acc", "0.9000")
    assert taken(lens).startswith("2. **")
    assert "Several units, and the loss is binary crossentropy → `binary_accuracy`" in taken(lens)
    assert r"\mathrm{round}(s_i)" in lens.app.latex[0].value
    lens.set(which_loss="categorical_crossentropy")
    assert metric(lens) == ("Keras 2.2.4: acc", "0.0998")
    assert taken(lens).startswith("4. **")


def test_an_unsuited_loss_is_refused_in_words_and_the_branch_is_still_shown(visit):
    lens = open_page(visit, which_release="Keras 2.3.1", which_loss="categorical_crossentropy")
    (warning,) = lens.app.warning
    said = "Categorical crossentropy needs one-hot labels; these have one column."
    assert warning.value.replace("\\", "") == f"Keras 2.3.1 refuses. {said}"
    assert not lens.app.metric
    assert "One output unit" in taken(lens)
    table = lens.table("All releases").set_index("releases")
    refusing, printing = "Keras 1.0.8–2.3.1, tf.keras 1.4.0–2.1.0", "tf.keras 2.2.0–2.15.0"
    assert table["prints"][refusing] == "refused"
    assert table["why refused"][refusing] == said
    compared = table["compared with the selected release"]
    assert compared[refusing] == "selected"
    assert set(compared.drop(refusing)) == {"differs: not refused"}
    assert all(name.startswith((printing, "Keras 3.0.0")) for name in table.index[1:])


def test_a_metric_named_outright_takes_no_branch(visit):
    lens = ten_units(visit, which_release="Keras 3.15.1").set(which_metric="binary_accuracy")
    assert "taken**" not in lens.texts
    assert "No branch is taken. The metric was named explicitly: binary_accuracy." in lens.texts
    assert metric(lens) == ("Keras 3.15.1: binary_accuracy", "0.9000")


def test_labels_in_the_other_form_take_another_branch(visit):
    usual = "usual"
    lens = ten_units(visit, which_form=True, which_release="Keras 3.15.1", which_loss=usual)
    assert "fewer axes" in taken(lens)
    assert "`sparse_categorical_accuracy`" in taken(lens)
    assert metric(lens)[1] == "0.0998"


def test_an_activation_of_the_last_layer_can_be_added(visit):
    lens = open_page(visit)
    assert metric(lens) == ("Keras 3.15.1: accuracy", "0.7396")
    lens.set(which_activation="sigmoid")
    made = scenario("no-activation").predictions()
    expected = ((made.outputs > 0) == (made.labels == 1)).mean()
    assert metric(lens)[1] == f"{expected:.4f}" != "0.7396"


def test_weights_are_offered_where_there_are_some(visit):
    assert "which_weighted" not in [toggle.key for toggle in open_page(visit).app.toggle]
    lens = open_page(visit, scenario="Samples that count more than others")
    before = metric(lens)[1]
    lens.set(which_weighted=True)
    made = scenario("sample-weights").predictions()
    right = (made.outputs > 0.5) == (made.labels == 1)
    expected = (right * made.sample_weight).sum() / made.sample_weight.sum()
    assert metric(lens)[1] == f"{expected:.4f}" != before
    table = lens.table("All releases").set_index("releases")
    assert table["prints"]["Keras 1.0.8–2.0.2"] == "refused"
    assert "This release ignores" in table["why refused"]["Keras 1.0.8–2.0.2"]
    assert table["reported as"].value_counts()["weighted_acc"] >= 1


def test_a_release_that_follows_the_rules_of_another_is_named_itself(visit):
    lens = ten_units(visit, which_release="keras-2.1.6")
    assert metric(lens) == ("Keras 2.1.6: acc", "0.9000")
    assert "Run: 2.0.8, 2.1.6, 2.2.0. Its rules began after 2.0.2" in lens.texts.replace("\\", "")


@pytest.mark.parametrize(
    ("written", "said", "numbers"),
    [
        ("tf 2.1.0", "2.1.0 was run: certain.", ["0.9000"]),
        ("tensorflow 2.1.4", "whose rules differ", ["0.9000", "0.0998"]),
        ("keras 3.4.1 on torch", "torch was not run", ["0.0998", "0.0998"]),
        ("abc", "'abc' is no version: write Keras or TensorFlow and a number", []),
    ],
)
def test_a_version_is_certain_or_either_or_no_version(visit, written, said, numbers):
    lens = ten_units(visit, which_version=written)
    warned = [warning.value for warning in lens.app.warning]
    assert said in " ".join([lens.texts, *warned]).replace("\\", "")
    assert [found.value for found in lens.app.metric][1:] == numbers
    assert ("Both print the same number" in lens.texts) == (numbers == ["0.0998", "0.0998"])


def test_the_line_of_time_has_every_release_with_what_changed(visit):
    lens = ten_units(visit)
    table = lens.table("Table of The number by date of release").set_index("release")
    assert len(table) == 35
    assert table["date"].tolist() == sorted(table["date"])
    assert table["prints"]["tf.keras of TensorFlow 2.1.0"] == "0.9000"
    assert table["prints"]["tf.keras of TensorFlow 2.2.0"] == "0.0998"
    assert "the loss no longer does" in table["what changed"]["tf.keras of TensorFlow 2.2.0"]
    assert "compile_utils.py" in table["where that stands"]["tf.keras of TensorFlow 2.2.0"]
    assert table["what changed"]["tf.keras of TensorFlow 2.3.0"] == "nothing"


def test_the_number_of_the_installed_keras_stands_beside_the_predicted_one(visit, monkeypatch):
    questions = []

    def answer(data, **asked):
        questions.append((data.n_samples, asked))
        return KerasAnswer("3.99.0", "tensorflow", 0.25, "accuracy", None)

    monkeypatch.setattr(ask_keras, "installed", lambda: True)
    monkeypatch.setattr(ask_keras, "ask", answer)
    monkeypatch.setattr(ask_keras, "ROWS", 5_000)
    lens = ten_units(visit, which_loss="hinge", which_batch=64)
    assert questions == []
    lens.click("which_ask")
    shown = [(m.label.replace("\\", ""), m.value) for m in lens.app.metric][1:]
    asked = {"loss": "hinge", "metric": "accuracy", "batch_size": 64, "weighted": False}
    assert questions == [(5_000, asked)]
    part = ask_keras.first_rows(scenario("ten-sigmoid-units").predictions())
    ours = for_predictions(part, release="keras-3.15.1", loss="hinge", batch_size=64)
    assert shown == [
        ("Predicted for Keras 3.15.1: accuracy", ours.printed),
        ("Installed, Keras 3.99.0: accuracy", "0.2500"),
    ]
    assert "Both numbers are for 5,000 samples" in lens.texts


@pytest.mark.parametrize(
    "loss", ["binary_crossentropy", "sparse_categorical_crossentropy", "hinge"]
)
def test_the_branch_taken_leads_to_the_function_that_is_computed(loss):
    checked = 0
    for name in SCENARIOS:
        data = scenario(name).predictions()
        asked = {"metric": "accuracy", "batch_size": 32, "weighted": False}
        for answer in answers.ask_all(data, loss=loss, **asked).values():
            if not isinstance(answer, CompiledAccuracy):
                continue
            row = RELEASES[answer.release]
            made = answers.resolved(data, row, loss=loss, metric="accuracy", weighted=False)
            (branch,) = (b for b in answers.branches(row, made) if b.taken)
            assert branch.function == answer.resolved
            checked += 1
    assert checked >= 18


def test_libraries_stand_beside_the_selected_release_with_what_differs(visit):
    lens = open_page(visit)
    table = lens.table("Libraries beside Keras")
    rows = table.set_index(["library", "call"])
    balanced = rows.loc[("scikit-learn 1.2.2–1.9.1", "balanced_accuracy_score")]
    assert balanced["prints"] == "0.6197"
    (new,) = table.index[table["call"] == 'Accuracy(task="binary")']
    (old,) = table.index[table["library"] == "torchmetrics 0.4.1–0.10.3"]
    (refused,) = table.index[table["library"] == "torchmetrics 0.2.0–0.3.2"]
    printed, column = metric_of_release(lens), "compared with the selected release"
    assert table["prints"][old] == printed
    assert table[column][old] == "same"
    assert table["activation"][new] == "sigmoid, as a value lies outside 0 to 1"
    assert table[column][new].startswith("differs by")
    assert table["prints"][refused] == "refused"
    assert "must be probabilities" in table["why refused"][refused]
    error = table[table["library"].str.startswith("XGBoost")]
    assert error[column].tolist() == ["same, as an error: 1 minus it"]


def metric_of_release(lens):
    return next(m.value for m in lens.app.metric if m.label.startswith("Keras"))


def test_a_call_of_a_library_has_its_steps_and_its_code(visit):
    lens = open_page(visit, which_library="torchmetrics-accuracy")
    assert lens.app.selectbox(key="which_library").value == "torchmetrics Accuracy()"
    assert "Decision: >= 0.5" in lens.texts.replace("\\", "")
    code = [block.value for block in lens.app.code][-1]
    assert "from torchmetrics import Accuracy" in code
    assert "torchmetrics 0.2.0–0.3.2: refused" in lens.texts.replace("\\", "")


def beside(lens):
    (table,) = (found.value for found in lens.app.dataframe if "metric" in found.value.columns)
    return dict(zip(table["metric"], table["prints"], strict=True))


def test_metrics_compiled_beside_accuracy_follow_the_selected_release(visit):
    lens = open_page(visit)
    assert beside(lens)["Precision()"] == "0.7470"
    assert "AUC compares the scores with 200 thresholds" in lens.texts
    assert "were not run in" not in lens.texts
    lens.set(which_release="tf.keras-2.15.0")
    assert beside(lens)["F1Score(average='macro')"] == "not run"  # 2.12.0 has none; 2.15.0 may
    assert "were not run in tf.keras of TensorFlow 2.15.0" in lens.texts
    lens.set(which_release="tf.keras-1.14.0")
    assert beside(lens)["F1Score(average='macro')"] == "not there"
    lens.set(which_release="keras-2.3.0")
    assert "These metrics were not run in Keras 2.3.0." in lens.texts
    lens.set(which_release="keras-2.0.8")
    assert "Keras 2.0.8 has none of these metrics." in lens.texts
