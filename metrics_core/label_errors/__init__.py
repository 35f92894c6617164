"""Labels that are probably wrong, from labels and outputs alone: confident learning."""

from metrics_core.label_errors.finding import LabelErrors, find_label_errors
from metrics_core.label_errors.joint import ConfidentJoint, SelfConfidence

__all__ = ["ConfidentJoint", "LabelErrors", "SelfConfidence", "find_label_errors"]
