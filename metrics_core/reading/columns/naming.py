"""What column names say: words for labels, outputs, weights, ids, epochs; numbered families."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

WEIGHTS = {
    "sample_weight", "sample_weights", "weight", "weights", "w", "instance_weight", "group_weight",
    "权重", "样本权重",
}  # fmt: skip
IDS = {
    "id", "ids", "index", "idx", "name", "names", "file", "filename", "file_name", "path",
    "image", "uuid", "guid", "key", "sample", "row", "rows", "row_index", "row_ids", "rowid",
    "index_level_0", "unnamed_0", "sample_ids", "inst", "instance", "record", "nr", "url",
    "编号", "行", "行号", "序号",
}  # fmt: skip
EPOCHS = {"epoch", "epochs", "epoch_number", "epoch_no"}
ASIDE = {
    "error", "errors", "correct", "is_correct", "prediction_correct", "match", "hit", "wrong",
    "fold", "resample", "split", "partition", "config", "iter", "iteration", "seed", "usage",
    "threshold", "positive_class", "warning", "warn", "deployment_approval_status", "node_id",
    "features", "feature", "input", "inputs", "x", "embedding", "embeddings", "pixels", "text",
    "sentence", "timestamp", "date", "time", "set", "dataset", "workflow", "rounded", "thresholded",
    "取整", "按阈值判定",
}  # fmt: skip
"""Names of what tools write beside labels and outputs, and of what models take in."""
FIRM = {
    "true", "truth", "gt", "gold", "golden", "target", "targets", "targs", "actual", "actuals",
    "expected", "observed", "obs", "reference", "references", "answer", "ytrue", "from",
    "annotation", "annotated", "outcome", "human", "expert", "correct",
    "tatsachlich", "tatsaechlich", "wahr", "wahrheit", "ist", "beobachtet", "real", "reel",
    "reelle", "vrai", "vraie", "verite", "observe", "attendu", "verdadero", "verdadera",
    "verdadeiro", "observado", "esperado", "vero", "effettivo", "reale", "werkelijk", "gercek",
    "rzeczywista",
}  # fmt: skip
"""Words for labels that no tool writes over its predictions."""
LABEL_WORDS = FIRM | {
    "label", "labels", "class", "classes", "category", "y", "klasse", "clase", "classe", "klasa",
    "etiqueta", "etiquette", "etichetta", "kategorie", "categoria", "sinif", "класс", "метка",
    "正解", "ラベル", "标签", "真实",
}  # fmt: skip
SCORE_WORDS = {
    "prob", "probs", "proba", "probas", "probability", "probabilities", "score", "scores",
    "logit", "logits", "p", "confidence", "confidences", "conf", "sigmoid", "softmax",
    "propensity", "likelihood", "posterior", "margin", "formula", "logistic",
    "distribution", "wahrscheinlichkeit", "konfidenz", "probabilidad", "probabilidade",
    "probabilite", "probabilita", "waarschijnlijkheid", "prawdopodobienstwo", "confianza",
    "confiance", "olasilik", "вероятность",    "確率", "予測確率", "概率",
}  # fmt: skip
OUTPUT_WORDS = SCORE_WORDS | {
    "pred", "preds", "prediction", "predictions", "predicted", "predict", "predictor", "output",
    "outputs", "hat", "yhat", "ypred", "yfit", "fitted", "scored", "assigned", "estimate",
    "estimated", "guess", "guesses", "forecast", "inferred", "inference", "detected",
    "classified", "classification", "into", "decision", "model", "pre", "pgr", "best", "picked",
    "vorhersage", "vorhergesagt", "prognose", "prognostiziert", "predicho", "prediccion", "predit",
    "predite", "predicao", "previsto", "previsao", "predizione", "predetto", "voorspeld",
    "voorspelling", "prognoza", "tahmin", "прогноз", "предсказание", "予測", "预测", "输出",
}  # fmt: skip
_LABEL_FIRST = ("y_true", "ground_truth", "true_label", "label", "labels", "target", "targets")
_NUMBERED = re.compile(r"^(.*?)[\s_.:\-\[(]*(\d+)[\])]*$")
_TITLES = 32_768
"""Names whose words are kept: those of a wide file are asked for many times."""
_SPLIT = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(_TITLES)
def plain(title: str) -> str:
    """A name in lower case with single underscores.

    Examples
    --------
    >>> plain("Sample Weight"), plain("yTrue"), plain("__index_level_0__"), plain("Prédit")
    ('sample_weight', 'y_true', 'index_level_0', 'predit')
    """
    if not title.isascii():
        parts = unicodedata.normalize("NFKD", title)
        title = unicodedata.normalize("NFC", "".join(p for p in parts if not _is_accent(p)))
    return _SPLIT.sub("_", _HUMP.sub("_", title).lower()).strip("_")


def _is_accent(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"


@lru_cache(_TITLES)
def says(title: str) -> str | None:
    """Which role a name speaks for: weight, id, epoch, aside, output, label, or None.

    A word for outputs outweighs one for labels: ``predicted_label`` is an output. A word for either
    outweighs a trailing ``id``.

    Examples
    --------
    >>> says("y_true"), says("predicted_label"), says("prob_cat"), says("age")
    ('label', 'output', 'output', None)
    >>> says("label_id"), says("text_id"), says("Scored Labels")
    ('label', 'id', 'output')
    """
    name = plain(title)
    if name in WEIGHTS:
        return "weight"
    if name in EPOCHS:
        return "epoch"
    if name in IDS:
        return "id"
    if name in ASIDE or (name.endswith("_correct") and "." in title):
        return "aside"
    if name in _MODELER_PREDICTIONS or title.startswith("$"):
        return "output"
    stem = _NUMBERED.match(name)
    words = set(name.split("_")) | set((stem.group(1) if stem else name).split("_"))
    if words & {"true", "truth", "gold", "golden", "actual"} or name.startswith("y_test"):
        return "output" if words & {"predicted", "prediction", "scored"} else "label"
    if words & OUTPUT_WORDS:
        return "output"
    if words & (LABEL_WORDS - {"y"}) or name == "y" or name.startswith("y_"):
        return "label"
    return "id" if name.endswith(("_id", "_uuid")) else None


_MODELER_PREDICTIONS = {"em_classification", "em_eventprobability", "em_probability"}


def is_firm(title: str) -> bool:
    """Whether a name speaks for labels and is never that of a prediction, as ``label`` may be.

    Examples
    --------
    >>> is_firm("gold_label"), is_firm("label"), is_firm("y_true")
    (True, False, True)
    """
    name = plain(title)
    return says(title) == "label" and bool(set(name.split("_")) & FIRM or name.startswith("y_test"))


def is_score(title: str) -> bool:
    """Whether a name speaks for scores rather than for predicted classes.

    Examples
    --------
    >>> is_score("prediction_score"), is_score("prediction_label")
    (True, False)
    """
    return bool(set(plain(title).split("_")) & SCORE_WORDS)


def topic(title: str) -> str:
    """What a name speaks of once its words for roles are taken away.

    Examples
    --------
    >>> topic("predicted_churn"), topic("Prediction (churn)"), topic("churn"), topic("y_pred")
    ('churn', 'churn', 'churn', '')
    """
    spoken = OUTPUT_WORDS | LABEL_WORDS
    return "_".join(word for word in plain(title).split("_") if word not in spoken)


def label_rank(title: str) -> int:
    """Rank of a name among those that speak for labels: the lower, the surer."""
    name = plain(title)
    return _LABEL_FIRST.index(name) if name in _LABEL_FIRST else len(_LABEL_FIRST)


def families(titles: Iterable[str]) -> dict[str, dict[str, str]]:
    """Columns that belong together: stem -> {column: what follows the stem}.

    ``prob_0, prob_1`` are numbered; ``p_cat, p_dog`` share a first word that speaks for outputs or
    labels, and ``cat_prob, dog_prob`` a last one.

    Examples
    --------
    >>> families(["id", "prob_cat", "prob_dog"])
    {'prob': {'prob_cat': 'cat', 'prob_dog': 'dog'}}
    """
    numbered: dict[str, dict[str, str]] = {}
    rest: list[str] = []
    for title in titles:
        found = _NUMBERED.match(title)
        if found and says(title) not in ("weight", "id"):
            numbered.setdefault(found.group(1).strip(), {})[title] = found.group(2)
        else:
            rest.append(title)
    several = {stem: members for stem, members in numbered.items() if len(members) > 1}
    rest += [title for members in numbered.values() if len(members) == 1 for title in members]
    named: dict[str, dict[str, str]] = {}
    others = set(rest)
    for title in rest:
        parts = _named(title)
        if parts and not _is_of_another(title, others):
            named.setdefault(parts[0], {})[title] = parts[1]
    return {**several, **{stem: members for stem, members in named.items() if len(members) > 1}}


def _is_of_another(title: str, titles: Set[str]) -> bool:
    """Whether a name is that of another column with a word for scores behind it."""
    return any(
        title[:end] in titles and set(plain(title[end:]).split("_")) & SCORE_WORDS
        for end in range(len(title))
    )


def _named(title: str) -> tuple[str, str] | None:
    """A stem of role words and what follows it, or comes before it."""
    words = re.findall(r"[^\s_.:\-\[\]()]+", title)
    roles = LABEL_WORDS | OUTPUT_WORDS
    lead = 0
    while lead < len(words) and words[lead].lower() in roles:
        lead += 1
    if 0 < lead < len(words):
        start = title.index(words[lead], sum(len(word) for word in words[:lead]))
        return " ".join(words[:lead]).lower(), title[start:].rstrip("])")
    if lead == 0 and len(words) > 1 and words[-1].lower() in roles:
        end = title.rindex(words[-1])
        return words[-1].lower(), title[:end].rstrip(" _.:-")
    return None


def class_names(members: Mapping[str, str]) -> tuple[str, ...] | None:
    """The names of the classes in a family, or None where it is numbered.

    Examples
    --------
    >>> class_names({"p_cat": "cat", "p_dog": "dog"})
    ('cat', 'dog')
    """
    names = tuple(members.values())
    return None if all(name.isdigit() for name in names) else names


def suffixes(titles: tuple[str, ...]) -> tuple[str, ...] | None:
    """Class names that a choice of columns carries, in its order; None where it carries none.

    Examples
    --------
    >>> suffixes(("prob_cat", "prob_dog"))
    ('cat', 'dog')
    """
    for members in families(titles).values():
        if set(members) == set(titles):
            return class_names({title: members[title] for title in titles})
    return None
