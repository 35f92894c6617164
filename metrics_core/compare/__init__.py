"""Two sets of outputs over the same samples: how far apart they are, and where they part."""

from metrics_core.compare.areas import AREAS, PairedScores
from metrics_core.compare.batches import PairedBatches
from metrics_core.compare.bootstrap import Drawn, paired_bootstrap
from metrics_core.compare.comparing import Difference, Verdict, compare, compare_areas
from metrics_core.compare.contributions import Contributions
from metrics_core.compare.paired import Paired, kappa
from metrics_core.compare.parting import Parting, parting_step
from metrics_core.compare.proportions import holm, mcnemar, newcombe

__all__ = [
    "AREAS",
    "Contributions",
    "Difference",
    "Drawn",
    "Paired",
    "PairedBatches",
    "PairedScores",
    "Parting",
    "Verdict",
    "compare",
    "compare_areas",
    "holm",
    "kappa",
    "mcnemar",
    "newcombe",
    "paired_bootstrap",
    "parting_step",
]
