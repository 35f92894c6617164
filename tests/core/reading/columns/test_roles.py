from __future__ import annotations

import io

import numpy as np
import pytest

from metrics_core.reading import Column, RawTable, Roles, guess_roles, read_columns
from metrics_core.reading.columns.naming import families, says, suffixes
from tests.every import every

WHOLE = np.array([0, 1, 1, 0, 2, 1])
FRACTION = np.array([0.2, 0.7, 0.6, 0.1, 0.4, 0.3])
WORDS = ["cat", "dog", "cat", "dog", "cat", "cat"]


def table(**columns: object) -> RawTable:
    made = {}
    for name, values in columns.items():
        array = np.asarray(values)
        if array.dtype.kind == "U":
            words, codes = np.unique(array, return_inverse=True)
            made[name] = Column(codes.astype(np.int32), words)
        else:
            made[name] = Column(array.copy())
    return RawTable(
        name="x", format="CSV", n_rows=len(next(iter(made.values())).data), columns=made
    )


@every(
    "label",
    [
        "y_true",
        "label",
        "labels",
        "Target",
        "ground_truth",
        "class",
        "yTrue",
        "true_label",
        "actual",
    ],
)
@every(
    "output", ["y_pred", "pred", "prob", "probability", "Score", "logit", "model_output", "y_hat"]
)
def test_usual_names_are_known(label: str, output: str) -> None:
    found = guess_roles(table(**{output: FRACTION, label: WHOLE}))
    assert found == Roles(labels=(label,), outputs=(output,), weight=None, ids=None, sure=True)


def test_weights_and_ids_are_known() -> None:
    found = guess_roles(table(filename=WORDS, sample_weight=FRACTION, label=WHOLE, score=FRACTION))
    assert found == Roles(
        labels=("label",), outputs=("score",), weight="sample_weight", ids="filename", sure=True
    )
    found = guess_roles(table(image_id=WHOLE, label=WHOLE, score=FRACTION, weights=FRACTION))
    assert (found.weight, found.ids) == ("weights", "image_id")


@pytest.mark.parametrize(
    "names",
    [
        ["prob_0", "prob_1", "prob_2"],
        ["p_cat", "p_dog", "p_owl"],
        ["cat_prob", "dog_prob", "owl_prob"],
        ["logits[0]", "logits[1]", "logits[2]"],
        ["y_pred_cat", "y_pred_dog", "y_pred_owl"],
        ["class_0", "class_1", "class_2"],
        ["output0", "output1", "output2"],
    ],
)
def test_families_of_columns_stand_together_in_their_order(names: list[str]) -> None:
    found = guess_roles(table(**dict.fromkeys(names, FRACTION), label=WORDS))
    assert found.outputs == tuple(names)
    assert found.labels == ("label",)
    assert found.sure


def test_a_family_of_labels_is_told_from_a_family_of_outputs() -> None:
    hot = {f"y_true_{i}": (i == WHOLE).astype(int) for i in range(3)}
    out = {f"y_pred_{i}": FRACTION for i in range(3)}
    found = guess_roles(table(**out, **hot))
    assert found == Roles(labels=tuple(hot), outputs=tuple(out), weight=None, ids=None, sure=True)
    hot = {f"class_{i}": (i == WHOLE).astype(int) for i in range(3)}
    assert guess_roles(table(**hot, **out)).labels == tuple(hot)


def test_probabilities_come_before_a_column_of_decisions() -> None:
    found = guess_roles(table(label=WORDS, predicted=WORDS, prob_cat=FRACTION, prob_dog=FRACTION))
    assert found.outputs == ("prob_cat", "prob_dog")
    assert not found.sure
    assert guess_roles(table(label=WORDS, predicted=WORDS)).outputs == ("predicted",)


def test_a_list_column_is_the_output() -> None:
    found = guess_roles(table(y=WHOLE, pred=WHOLE, probs=np.stack([FRACTION] * 3, axis=1)))
    assert (found.labels, found.outputs) == (("y",), ("probs",))


def test_without_names_values_decide_and_the_guess_is_unsure() -> None:
    last = guess_roles(table(column_0=FRACTION, column_1=FRACTION, column_2=WHOLE))
    assert last == Roles(
        labels=("column_2",), outputs=("column_0", "column_1"), weight=None, ids=None, sure=False
    )
    first = guess_roles(table(a=WHOLE, b=FRACTION))
    assert first == Roles(labels=("a",), outputs=("b",), weight=None, ids=None, sure=False)
    words = guess_roles(table(a=FRACTION, b=WORDS))
    assert words == Roles(labels=("b",), outputs=("a",), weight=None, ids=None, sure=False)
    both = guess_roles(table(a=WHOLE, b=WHOLE))
    assert both == Roles(labels=("a",), outputs=("b",), weight=None, ids=None, sure=False)
    alone = guess_roles(table(a=FRACTION))
    assert alone == Roles(labels=(), outputs=("a",), weight=None, ids=None, sure=False)
    assert guess_roles(table(a=[f"text {i}" for i in range(6)])) == Roles()


def test_an_array_of_two_axes_offers_its_whole_numbered_column_as_labels() -> None:
    file = io.BytesIO()
    np.save(file, np.column_stack([FRACTION, FRACTION, WHOLE]).astype(np.float32))
    found = guess_roles(read_columns(file.getvalue(), "x.npy"))
    assert found == Roles(
        labels=("column_2",), outputs=("column_0", "column_1"), weight=None, ids=None, sure=False
    )


def test_no_column_has_two_roles() -> None:
    names = [
        "id",
        "index",
        "label",
        "target",
        "score",
        "pred",
        "weight",
        "weights",
        "a",
        "b_0",
        "b_1",
    ]
    for first in range(len(names)):
        some = names[first:] + names[: first // 2]
        found = guess_roles(table(**{name: WHOLE if len(name) % 2 else FRACTION for name in some}))
        single = [name for name in (found.weight, found.ids) if name]
        used = [*found.labels, *found.outputs, *single]
        assert len(set(used)) == len(used)


def test_names_speak_for_roles() -> None:
    spoken = {
        "w": "weight", "row_id": "id", "predicted_label": "output", "label": "label",
        "true_prob": "label", "y": "label", "age": None, "Unnamed: 0": "id",
        "__index_level_0__": "id", "prob_3": "output", "": None,
    }  # fmt: skip
    assert {name: says(name) for name in spoken} == spoken


def test_suffixes_are_class_names_and_numbers_are_not() -> None:
    assert suffixes(("p_dog", "p_cat")) == ("dog", "cat")
    assert suffixes(("prob_red_fox", "prob_cat")) == ("red_fox", "cat")
    assert suffixes(("p_0", "p_1")) is None
    assert suffixes(("a", "b")) is None
    assert families(["p_0", "q_0", "p_1"]) == {"p": {"p_0": "0", "p_1": "1"}}
