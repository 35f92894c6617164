"""Put every case to the libraries that are installed and write what they answer.

Run by hand, once in an environment for each library and version, from the root of the project:

    PYTHONPATH=folder-of-a-torchmetrics python tools/libraries/record.py torchmetrics answers.json

`join.py` puts the answers of all of them into one file for the tests. An answer is a number, a list
of lists of numbers (a curve), ``["refused", kind]`` where the library raised an error,
``["missing"]`` where it has no such metric or argument, or ``["several"]`` where it gave a number
for each class or sample.
"""

from __future__ import annotations

import importlib
import inspect
import json
import platform
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from cases import PACKAGES, cases_of, digest_of

MODULES = {
    "flax": ("flax.nnx",),
    "clu": ("clu.metrics",),
    "torchmetrics": ("tqdm.auto", "torchmetrics"),  # 0.5.1 expects the first to be imported
    "pytorch-lightning": ("pytorch_lightning.metrics.functional",),
    "scikit-learn": ("sklearn.metrics",),
    "xgboost": ("xgboost",),
    "lightgbm": ("lightgbm",),
    "catboost": ("catboost.utils",),
    "ignite": ("ignite.metrics",),
    "fastai": ("fastai.metrics",),
}


class Missing(Exception):
    """The library has no such metric, or the metric no such argument."""


def taken(call, options):
    """Refuse options that a call does not take as missing."""
    names = inspect.signature(call).parameters
    if any(each.kind is each.VAR_KEYWORD for each in names.values()):
        return options
    if set(options) - set(names):
        raise Missing
    return options


def torchmetrics_answer(case):
    import torchmetrics
    import torchmetrics.functional

    name, options = case["metric"], dict(case["options"])
    homes = [torchmetrics, torchmetrics.functional]
    for module in ("torchmetrics.classification", "torchmetrics.functional.classification"):
        homes.append(__import__(module, fromlist=["_"]))
    call = next((getattr(home, name) for home in homes if hasattr(home, name)), None)
    if name == "accuracy":
        call = torchmetrics.functional.accuracy
    if call is None:
        raise Missing
    asked = inspect.signature(call.__new__ if inspect.isclass(call) else call).parameters
    if "task" in options and "task" not in asked:
        raise Missing
    if (
        "task" in asked
        and "task" not in options
        and asked["task"].default is inspect.Parameter.empty
    ):
        raise Missing
    return on_tensors(case, call, options)


def on_tensors(case, call, options):
    """A function of tensors, or a class that takes them batch by batch."""
    import torch

    taken(call, options)
    y_true, y_pred = torch.tensor(case["y_true"]), torch.tensor(case["y_pred"])
    if "batches" not in case:
        return call(y_pred, y_true, **options)
    metric, size = call(**options), case["batches"]
    for start in range(0, len(y_true), size):
        metric.update(y_pred[start : start + size], y_true[start : start + size])
    return metric.compute()


def lightning_answer(case):
    from pytorch_lightning import metrics

    home = metrics if case["metric"] == "Accuracy" else metrics.functional
    return on_tensors(case, getattr(home, case["metric"]), dict(case["options"]))


def sklearn_answer(case):
    import sklearn.metrics

    call = getattr(sklearn.metrics, case["metric"], None)
    if call is None:
        raise Missing
    options = dict(case["options"])
    if "weight" in case:
        options["sample_weight"] = case["weight"]
    if case["metric"] == "roc_curve":
        options["drop_intermediate"] = False
    return call(case["y_true"], case["y_pred"], **taken(call, options))


def xgboost_answer(case):
    import xgboost

    y_true, y_pred = case["y_true"], case["y_pred"]
    data = xgboost.DMatrix(
        np.zeros((len(y_true), 1)),
        label=y_true,
        weight=case.get("weight"),
        base_margin=y_pred,
    )
    params = {"objective": "multi:softprob", "base_score": 0.5, **case["options"]}
    params |= {"eval_metric": case["metric"], "disable_default_eval_metric": True}
    booster = xgboost.train(params, data, num_boost_round=0)
    return float(booster.eval(data).rpartition(":")[2])


def lightgbm_answer(case):
    import lightgbm

    y_true, y_pred = case["y_true"], case["y_pred"].astype("f8")
    several = case["metric"] == "multi_error"
    data = lightgbm.Dataset(
        np.arange(len(y_true))[:, None] * 1.0,
        label=y_true,
        weight=case.get("weight"),
        init_score=y_pred if several else y_pred.reshape(-1),
        params={"verbose": -1, "min_data_in_bin": 1, "feature_pre_filter": False},
    )
    params = {"objective": "multiclass", "metric": case["metric"], "verbose": -1}
    booster = lightgbm.Booster(params | case["options"] | {"boost_from_average": False}, data)
    return booster.eval_train()[0][2]


def catboost_answer(case):
    from catboost.utils import eval_metric

    options = "".join(f":{name}={value}" for name, value in case["options"].items())
    approx = case["y_pred"]
    weight = case.get("weight")
    return eval_metric(
        case["y_true"], approx, f"Accuracy{options}",
        weight=weight,
    )[0]  # fmt: skip


def ignite_answer(case):
    import ignite.metrics
    import torch

    options = dict(case["options"])
    rounds = options.pop("round", False)
    metric = getattr(ignite.metrics, case["metric"])(**options)
    y_true, y_pred, size = (
        torch.tensor(case["y_true"]),
        torch.tensor(case["y_pred"]),
        case["batches"],
    )
    for start in range(0, len(y_true), size):
        part = y_pred[start : start + size]
        metric.update((torch.round(part) if rounds else part, y_true[start : start + size]))
    return metric.compute()


def fastai_answer(case):
    import fastai.metrics
    import torch

    call = getattr(fastai.metrics, case["metric"])
    return call(torch.tensor(case["y_pred"]), torch.tensor(case["y_true"]), **case["options"])


def flax_answer(case):
    import jax.numpy as jnp
    from flax import nnx

    metric, size = nnx.metrics.Accuracy(**case["options"]), case["batches"]
    y_true, y_pred = case["y_true"].astype("i4"), case["y_pred"]
    for start in range(0, len(y_true), size):
        part = slice(start, start + size)
        metric.update(logits=jnp.array(y_pred[part]), labels=jnp.array(y_true[part]))
    return metric.compute()


def clu_answer(case):
    import jax.numpy as jnp
    from clu.metrics import Accuracy

    metric, size = Accuracy.empty(), case["batches"]
    y_true, y_pred = case["y_true"].astype("i4"), case["y_pred"]
    for start in range(0, len(y_true), size):
        part = slice(start, start + size)
        logits, labels = jnp.array(y_pred[part]), jnp.array(y_true[part])
        metric = metric.merge(Accuracy.from_model_output(logits=logits, labels=labels))
    return metric.compute()


ANSWERS = {
    "flax": flax_answer,
    "clu": clu_answer,
    "torchmetrics": torchmetrics_answer,
    "pytorch-lightning": lightning_answer,
    "scikit-learn": sklearn_answer,
    "xgboost": xgboost_answer,
    "lightgbm": lightgbm_answer,
    "catboost": catboost_answer,
    "ignite": ignite_answer,
    "fastai": fastai_answer,
}


def plain(answer):
    """A number, or lists of numbers."""
    if isinstance(answer, tuple | list):
        return [plain(each) for each in answer]
    array = np.asarray(answer, dtype="f8")
    return array.tolist()


def answer_of(library, case):
    """What the library gives, or why it gives nothing."""
    try:
        answer = ANSWERS[library](case)
        several = not isinstance(answer, tuple | list) and np.ndim(answer) > 0
        return ["several"] if several else plain(answer)
    except Missing:
        return ["missing"]
    except Exception as error:
        return ["refused", type(error).__name__]


def main(library, out):
    """Write the answers of the installed version."""
    warnings.simplefilter("ignore")
    for module in MODULES[library]:  # an answer that is no answer, were it to fail later
        importlib.import_module(module)
    cases = cases_of(library)
    number = sys.argv[3] if len(sys.argv) > 3 else version(PACKAGES.get(library, library))
    recorded = {
        "library": library,
        "version": number,
        "python": platform.python_version(),
        "cases": digest_of(cases),
        "answers": [answer_of(library, case) for case in cases],
    }
    Path(out).write_text(json.dumps(recorded), "utf-8")
    kinds = [answer[0] for answer in recorded["answers"] if isinstance(answer, list) and answer]
    print(library, number, len(cases), kinds.count("refused"), kinds.count("missing"))


if __name__ == "__main__":
    main(*sys.argv[1:3])
