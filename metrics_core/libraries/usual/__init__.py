"""How people call the metrics of libraries on the outputs of a model, and what that gives."""

from metrics_core.libraries.usual.asking import (
    UsualAnswer,
    usual_answers,
    versions_of,
    why_not_asked,
)
from metrics_core.libraries.usual.call import Usual
from metrics_core.libraries.usual.rows import USUAL

__all__ = ["USUAL", "Usual", "UsualAnswer", "usual_answers", "versions_of", "why_not_asked"]
