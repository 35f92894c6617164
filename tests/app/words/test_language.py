"""The language is each visitor's own; numbers are shared between languages, words are not."""

from __future__ import annotations

import re

import pytest
from streamlit.runtime.context import ContextProxy

from accuracy_lens.view.caches import without_words
from accuracy_lens.words.language import CHOICE
from accuracy_lens.words.text import say

PAGES = (
    "explore/metrics", "explore/thresholds", "explore/classes", "explore/compare",
    "explain/which_accuracy", "explain/number", "explain/doctor", "learn/lessons", "learn/training",
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


CHINESE, ENGLISH = (
    "准确率究竟是怎样一步步算出来的。",
    "How an accuracy is really computed, step by step.",
)


@pytest.mark.parametrize(
    ("link", "cookie", "locale", "said"),
    [
        ({}, None, "zh-CN", CHINESE),
        ({}, "en", "zh-CN", ENGLISH),
        ({}, "zh", "fr-FR", CHINESE),
        ({"lang": "en"}, "zh", "zh-CN", ENGLISH),
        ({"lang": "xx"}, "zh", "en-GB", CHINESE),
    ],
)
def test_the_link_comes_before_the_choice_and_the_choice_before_the_browser(
    visit, monkeypatch, link, cookie, locale, said
):
    cookies = {} if cookie is None else {CHOICE: cookie}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
    monkeypatch.setattr(ContextProxy, "locale", property(lambda _: locale))
    assert said in visit(**link).texts


def test_one_cache_serves_two_visitors_of_two_languages_in_turns(visit):
    chinese, english = visit(lang="zh", threshold=0.37), visit(lang="en", threshold=0.37)
    for threshold in (0.41, 0.62):
        chinese.set(threshold=threshold)
        english.set(threshold=threshold)
        assert chinese.values == english.values
        titles = [lens.cards["binary_accuracy"]["title"] for lens in (chinese, english)]
        assert titles == ["二分类准确率", "Binary accuracy"]
    strips = [lens.component("strip")["titles"] for lens in (chinese, english)]
    assert strips[0][1:3] == ["激活函数", "判定"]
    assert strips[1][1:3] == ["Activation", "Decision"]


def test_errors_are_whole_in_the_language_of_the_visit(visit):
    (said,) = visit(lang="zh", data="upload").drop("a.csv", b"\x80\x04K").errors
    assert "收到的是" in said
    assert "Got" not in said


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


@pytest.mark.parametrize("page", ["explore/thresholds", "explore/classes", "explore/compare"])
def test_chinese_sentences_follow_one_another_without_a_blank(visit, page):
    lens = visit(lang="zh", scenario="sparse-argmax")
    lens.app.switch_page(f"pages/{page}.py")
    texts = lens.run().texts
    assert re.search("。[\u4e00-\u9fff]", texts)
    assert "。 " not in texts
