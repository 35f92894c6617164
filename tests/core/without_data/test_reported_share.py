"""What is read as a reported share, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from metrics_core.errors import InputError
from metrics_core.without_data import ReportedShare


@pytest.mark.parametrize(
    ("text", "value", "digits", "per_cent"),
    [
        ("0.875", Fraction(7, 8), 3, False),
        (" .5 ", Fraction(1, 2), 1, False),
        ("1", Fraction(1), 0, False),
        ("87,5", Fraction(7, 8), 3, True),
        ("87.50 %", Fraction(7, 8), 4, True),
        ("0.5%", Fraction(1, 200), 3, True),
        ("0.123456789012345", Fraction(123456789012345, 10**15), 15, False),
    ],
)
def test_a_share_keeps_its_digits_exactly(text, value, digits, per_cent):
    assert ReportedShare.parse("accuracy", text) == ReportedShare(value, digits, per_cent)


@pytest.mark.parametrize(
    "text",
    ["", ".", "%", "abc", "+0.5", "-0.5", "5e-1", "1e0", "101", "100.1 %", "0.5.0",
     "0.1234567890123456", "0000000000.5"],
)  # fmt: skip
def test_what_is_no_plain_share_is_refused(text):
    with pytest.raises(InputError) as refused:
        ReportedShare.parse("Reported accuracy", text)
    assert refused.value.argument == "Reported accuracy"
