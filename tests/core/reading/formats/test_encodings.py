"""Words of many languages in the encodings that programs write them in."""

from __future__ import annotations

import pytest

from metrics_core.errors import InputError
from metrics_core.reading import read_columns
from tests.every import every

WESTERN = {
    "Portuguese": ["não", "coração", "ação", "cão", "gato"],
    "French": ["chien", "été", "forêt", "garçon", "naïf"],
    "German": ["Größe", "Äpfel", "süß", "Hund", "Übung"],
    "Spanish": ["niño", "año", "perro", "está"],
    "Swedish": ["fågel", "älg", "hund", "räv"],
    "Italian": ["città", "perché", "più", "gatto"],
    "Danish": ["køter", "æble", "gås"],
}
OTHERS = {
    "cp1250": ["żółw", "łoś", "pies", "ćma", "źrebię", "kot wąsaty"],
    "cp1251": ["кошка", "собака", "лошадь"],
    "cp1253": ["γάτα", "σκύλος", "άλογο"],
}
NAMES = {"cp1252": "Windows-1252", "cp850": "DOS code page 850", "mac_roman": "Mac Roman"}


def file_of(words: list[str], encoding: str, rows: int) -> bytes:
    lines = [f"{words[row % len(words)]},0.{row % 9 + 1}\n" for row in range(rows)]
    return ("label,score\n" + "".join(lines)).encode(encoding)


def labels(data: bytes, **options: str) -> list[str]:
    return list(dict.fromkeys(read_columns(data, "x.csv", **options).columns["label"].values))


@every("encoding", NAMES)
@every("language", WESTERN)
def test_western_words_are_read_in_their_encoding(language: str, encoding: str) -> None:
    words = WESTERN[language]
    data = file_of(words, encoding, 12)
    assert labels(data) == words
    assert NAMES[encoding] in str(read_columns(data, "x.csv").notes[0])


@every("word", [w for words in WESTERN.values() for w in words])
def test_a_single_western_word_is_never_taken_for_a_rare_language(word: str) -> None:
    assert labels(file_of([word, "other"], "cp1252", 2)) == [word, "other"]


@pytest.mark.parametrize("encoding", OTHERS)
def test_words_of_other_languages_are_not_taken_for_western_ones(encoding: str) -> None:
    assert labels(file_of(OTHERS[encoding], encoding, 40)) == OTHERS[encoding]


def test_an_encoding_that_is_given_outweighs_the_guess() -> None:
    data = file_of(["não", "pão"], "cp1252", 6)
    assert labels(data, encoding="cp1250") == ["năo", "păo"]
    assert "Windows-1250" in str(read_columns(data, "x", encoding="cp1250").notes[0])
    for unknown in ("cp99999", "utf-8"):
        with pytest.raises(InputError, match=f"bytes that are not {unknown}"):
            read_columns(data, "x.csv", encoding=unknown)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_text_is_read_in_every_encoding(encoding: str) -> None:
    text = "y_true,name\n1,Käse\n0,été\n"
    table = read_columns(text.encode(encoding), "x.csv")
    assert list(table.columns) == ["y_true", "name"]
    assert table.columns["name"].values.tolist() == ["Käse", "été"]
    assert table.notes == ()
    lines = '{"y_true": 1, "name": "Käse"}\n{"y_true": 0, "name": "été"}\n'
    assert read_columns(lines.encode(encoding), "x").columns["name"].values[0] == "Käse"


def test_older_encodings_are_guessed_and_said() -> None:
    words = "Größe, Äpfel, Übung und Straße; viele Wörter für die Prüfung der Häuser. "
    text = "y_true,name\n" + "".join(f'{i % 2},"{words}"\n' for i in range(20))
    table = read_columns(text.encode("cp1252"), "x.csv")
    assert table.columns["name"].values[0] == words
    assert "read as" in str(table.notes[0])
