"""Put what `record.py` and `settings.py` wrote for every release into one file for the tests.

python tools/beside/join.py tests/data/beside.json.gz answers/*.json
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from cases import data_sets


def listed(array):
    """The numbers of an array with the digits that float32 has, and its shape."""
    if array is None:
        return None
    return {"shape": array.shape, "data": [float(f"{each:.9g}") for each in array.ravel().tolist()]}


def main(out, *files):
    """Write the file."""
    cases = {
        data["name"]: {
            "y_true": listed(data["y_true"]),
            "y_pred": listed(data["y_pred"]),
            "weights": listed(data["weights"]),
            "batch_size": data["batch_size"],
            "metrics": data["metrics"],
        }
        for data in data_sets()
    }
    releases = {}
    for file in sorted(files):
        found = json.loads(Path(file).read_text("utf-8"))
        releases.setdefault(found.pop("release"), {}).update(found)
    text = json.dumps({"cases": cases, "releases": releases}, separators=(",", ":"))
    Path(out).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
