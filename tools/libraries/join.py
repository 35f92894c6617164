"""Put what `record.py` wrote for every library and version into one compressed file for the tests.

    python tools/libraries/join.py tests/data/libraries.json.gz answers/*.json

Versions of a library that answer alike share one list. Numbers keep seven digits, which is more
than float32 has.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path


def short(answer):
    """The answer with numbers of seven digits."""
    if isinstance(answer, list):
        return [short(each) for each in answer]
    return float(f"{answer:.7g}") if isinstance(answer, float) else answer


def main(out, *files):
    """Write the file."""
    libraries = {}
    for file in sorted(files):
        found = json.loads(Path(file).read_text("utf-8"))
        library = libraries.setdefault(
            found["library"], {"cases": found["cases"], "versions": [], "answers": []}
        )
        if library["cases"] != found["cases"]:
            raise SystemExit(f"{file} was recorded with other cases")
        answers = short(found["answers"])
        if answers not in library["answers"]:
            library["answers"].append(answers)
        library["versions"].append(
            {
                "version": found["version"],
                "python": found["python"],
                "answers": library["answers"].index(answers),
            }
        )
    text = json.dumps(libraries, separators=(",", ":"))
    Path(out).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
