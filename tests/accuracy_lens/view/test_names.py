"""Names in links: one for each option, in every language the same."""

from __future__ import annotations

from accuracy_lens.view.control_table.names import of_call
from metrics_core.libraries.usual import USUAL


def test_no_two_calls_of_a_library_on_the_same_data_have_one_name():
    for kind in {kind for usual in USUAL for kind in usual.kinds}:
        calls = {(usual.package, usual.call) for usual in USUAL if kind in usual.kinds}
        names = {(package, of_call(call)) for package, call in calls}
        assert len(names) == len(calls), kind
