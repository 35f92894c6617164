"""The language is each visitor's own; numbers are shared between languages, words are not."""

from __future__ import annotations

import pytest

from accuracy_lens.view.caches import without_words
from accuracy_lens.words.text import say

PAGES = (
    "explore/metrics", "explore/thresholds", "explore/classes", "explain/which_accuracy",
    "explain/number", "explain/doctor", "learn/training",
)  # fmt: skip


def test_where_there_is_no_text_none_is_said(visit):
    strip = visit(lang="zh").component("strip")
    whys = [step["why"] for steps in strip["choices"].values() for step in steps]
    assert "" in whys
    assert not any("Project-Id-Version" in why for why in whys)


def test_a_link_says_the_language_and_two_visitors_have_two(visit):
    chinese, english = visit(lang="zh"), visit(lang="en")
    assert "准确率究竟是怎样一步步算出来的。" in chinese.texts
    assert "How an accuracy is really computed, step by step." in english.texts
    assert chinese.values == english.values
    assert chinese.cards["accuracy"]["title"] != english.cards["accuracy"]["title"]


def test_the_choice_in_the_frame_changes_every_word_and_the_link(visit):
    lens = visit(lang="zh", threshold=0.3)
    values = lens.values
    lens.set(language="en")
    assert "How an accuracy is really computed, step by step." in lens.texts
    assert lens.app.query_params["lang"] == "en"
    assert lens.values == values
    lens.set(language="zh")
    assert "准确率究竟是怎样一步步算出来的。" in lens.texts


@pytest.mark.parametrize("link", [{}, {"lang": "xx"}])
def test_english_where_nothing_fits(visit, link):
    assert "How an accuracy is really computed, step by step." in visit(**link).texts


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_in_chinese(visit, page):
    lens = visit(lang="zh")
    lens.app.switch_page(f"pages/{page}.py")
    lens.run()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in lens.texts)
    assert lens.app.query_params["lang"] == "zh"


def test_what_a_cache_keeps_says_nothing():
    def worded() -> str:
        return say("samples")

    with pytest.raises(RuntimeError, match="worded is cached, so it cannot hold words"):
        without_words(worded)()
    assert worded() == "samples"
