"""How columns go together, in a probe of their rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.guess.class_outputs import Group
from metrics_core.reading.columns.positive import as_numbers
from metrics_core.reading.columns.profile import (
    Profile,
    codes_of,
    numbers_of,
    rows_known,
    second_and_scores,
    word_of,
)
from metrics_core.reading.columns.relation import ENOUGH, agreement, best_threshold, separation
from metrics_core.reading.table import RawTable


class Sight:
    """The probed cells of a table, asked for relations between columns."""

    def __init__(self, table: RawTable, profiles: Mapping[str, Profile]) -> None:
        self.table, self.profiles = table, profiles
        self._words: dict[str, list[str]] = {}

    def words(self, title: str) -> list[str]:
        """What each of `Profile.values` stands for: ``LABEL_1``, yes and 1.0 are all 1."""
        if title not in self._words:
            self._words[title] = self._read(title)
        return self._words[title]

    def _read(self, title: str) -> list[str]:
        words = [word_of(value).strip().casefold() for value in self.profiles[title].values]
        numbers = as_numbers(words)
        return words if numbers is None else [str(number) for number in numbers]

    def values(self, title: str) -> frozenset[str]:
        """The different cells, in such words."""
        return frozenset(self.words(title))

    def alike(self, one: str, other: str) -> bool:
        """Whether two columns hold the same classes; one word in all rows is none of numbers."""
        shown = self.profiles[one], self.profiles[other]
        if shown[0].form != shown[1].form and any(
            each.form == "words" and len(each.values) == 1 for each in shown
        ):
            return False
        few, many = sorted((self.values(one), self.values(other)), key=len)
        return bool(few) and few <= many and 2 * len(few) >= len(many)

    def relation(self, title: str, outputs: Group) -> tuple[float, bool]:
        """How closely classes go with outputs from 0 to 1, and whether outputs alone make them."""
        profile = self.profiles[title]
        if not profile.looks_like_classes:
            return 0.0, False
        scores = numbers_of(self.profiles, outputs)
        known = rows_known(self.profiles, (title, *outputs)) & np.isfinite(scores).all(axis=1)
        codes = codes_of(profile, self.table.columns[title])[known]
        scores = scores[known]
        n = len(codes)
        if not n:
            return 0.0, False
        margin = 1.5 / np.sqrt(n)
        if scores.shape[1] <= 2 and len(profile.values) == 2:
            second, column = codes == 1, scores[:, -1]
            found = best_threshold(second, column)
            derived = found is not None and found.share == 1.0 and n >= ENOUGH
            return max(0.0, abs(separation(second, column)) - margin), derived
        if scores.shape[1] < 2:
            return 0.0, False
        top = scores.argmax(axis=1)
        pairs = {(int(a), int(b)) for a, b in zip(top, codes, strict=True)}
        derived = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) > 1
        return max(0.0, agreement(codes, top) - margin), derived and n >= ENOUGH

    def kinship(self, title: str, hard: str) -> float:
        """How often classes agree with predicted classes, beyond chance."""
        known = rows_known(self.profiles, (title, hard))
        words = sorted(self.values(title) | self.values(hard))
        place = {word: position for position, word in enumerate(words)}
        codes = []
        for each in (title, hard):
            own = np.array([place[word] for word in self.words(each)])
            found = codes_of(self.profiles[each], self.table.columns[each])[known]
            codes.append(own[found])
        return agreement(codes[0], codes[1])

    def two(self, title: str, scores: str) -> tuple[Array, Array] | None:
        """Whether the second of two classes is predicted, and the score, in the known rows."""
        if len(self.profiles[title].values) != 2:
            return None
        return second_and_scores(self.table, self.profiles, title, scores)

    def never_low(self, outputs: Group) -> bool:
        """Whether a single score is never below a half, as that of the predicted class is."""
        if len(outputs) != 1:
            return False
        profile = self.profiles[outputs[0]]
        return profile.form == "fractions" and profile.low >= 0.5 and profile.high <= 1
