"""Text and JSON as tools, services and people write them; the files say what each must give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metrics_core.reading import RawTable, read_columns
from tests.every import every

FOLDER = Path(__file__).parents[2] / "data" / "kinds"
KINDS = {
    f"{file.stem}: {title}": (kind["text"], kind["columns"])
    for file in sorted(FOLDER.glob("*.json"))
    for title, kind in json.loads(file.read_text(encoding="utf-8")).items()
}


def cells(table: RawTable) -> dict[str, list[object]]:
    """The cells of all columns, None where one is missing."""
    return {
        title: [
            None if column.missing is not None and column.missing[row] else cell
            for row, cell in enumerate(column.values.tolist())
        ]
        for title, column in table.columns.items()
    }


@every("title", KINDS)
def test_a_kind_of_text_gives_its_columns(title: str) -> None:
    text, columns = KINDS[title]
    assert repr(cells(read_columns(text.encode(), "x"))) == repr(columns)  # nan equals itself


ROWS = "".join(f"{place % 2},0.{place + 1}\n" for place in range(8))


def notes(text: str) -> str:
    return "\n".join(map(str, read_columns(text.encode(), "x").notes))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y,p\n" + ROWS, ""),
        ("Run 7\n\ny,p\n" + ROWS, "1 line before the table is left out: Run 7"),
        ("# a\n# b\ny,p\n" + ROWS, "2 lines before the table are left out; the first is: # a"),
        ("y,p\n" + ROWS + "Total,0.5\n", "1 line after the table is left out: Total,0.5"),
        ("y,p\n" + ROWS + "# end\n", "# end"),
        (
            "y,p\n" + ROWS + "1,oops\n",
            "1 of 9 cells is no number ('oops' in row 8)",
        ),
        ("y,p\n" + ROWS + "1,oops\n0,x\n", "2 of 10 cells are no numbers (the first is 'oops'"),
        ("y,p\n1,50 %\n", "The column p holds per cent; 50 % is read as 0.5."),
        ("y,t\n1,5 ms\n0,7 ms\n", "The unit ms after the numbers of the column t is left out."),
        ('y,p\n1,"[0.1 ... 0.9]"\n0,"[0.1 ... 0.2]"\n', "shortened with dots"),
        ('{"lr": 1, "y": [1, 0], "p": [0.5, 0.2]}', "1 value that is no column is left out: lr."),
        (
            '{"p": [{"label": "a", "score": 1}, {"label": "b", "score": 0}]}\n{"p": []}\n',
            "1 of 2 rows does not list every name in p.score",
        ),
    ],
)
def test_what_is_left_out_or_assumed_is_said(text: str, words: str) -> None:
    said = notes(text)
    assert words in said
    assert bool(words) == bool(said)


def test_columns_of_words_stay_words() -> None:
    for text in (
        "name,y\nimg 1,1\nimg 2,0\n",
        "name,y\n2D,1\n3D,0\n",
        "name,y\nclass_1,1\nclass_2,0\n",
        "name,y\n1.2.3,1\n1.2.4,0\n",
        "name,y\n2024-01-02,1\n2024-01-03,0\n",
        "name,y\n12:30,1\n12:45,0\n",
        'name,y\n"see [1], p. 4",1\nnone,0\n',
    ):
        table = read_columns(text.encode(), "x.csv")
        assert table.columns["name"].is_text
        assert table.notes == ()


def test_a_row_that_is_too_long_is_still_refused_by_its_number() -> None:
    from metrics_core.errors import InputError

    for text in ("a,b\n" + ROWS + "1,2,3\n" + ROWS, "a;b\n1;2\n3;4;5\n6;7\n"):
        with pytest.raises(InputError, match="3 cells in row"):
            read_columns(text.encode(), "x.csv")


def test_class_names_beside_the_columns_are_kept() -> None:
    text = '{"classes": ["cat", "dog"], "y": [0, 1, 0], "p": [[0.5, 0.5], [0.2, 0.8], [1, 0]]}'
    table = read_columns(text.encode(), "x.json")
    assert table.class_names == ("cat", "dog")
    assert list(table.columns) == ["y", "p"]
