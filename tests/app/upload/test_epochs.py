"""Files with several epochs: which is in view, on every page."""

from __future__ import annotations

import pytest


def epochs_file(sizes: dict[int, int]) -> bytes:
    """One sample is right in the first epoch, two in the second, and so on."""
    lines = ["epoch,y_true,y_pred"]
    for right, (epoch, size) in enumerate(sizes.items(), 1):
        lines += [f"{epoch},1,{0.75 if row < right else 0.25}" for row in range(size)]
    return "\n".join(lines).encode()


@pytest.fixture
def logged(visit):
    def drop(sizes=None, **query):
        content = epochs_file(sizes or {1: 4, 2: 6, 3: 5})
        lens = visit(data="upload", **query).drop("log.csv", content)
        assert lens.app.selectbox(key="epoch-log.csv").value == "epoch"
        return lens.click("use")

    return drop


def test_a_slider_moves_through_the_epochs_of_a_file(logged):
    lens = logged()
    assert lens.cards["binary_accuracy"]["count"] == "3 of 5"
    assert "epoch 3 of 3" in lens.texts
    slider = lens.app.select_slider(key="epoch")
    assert list(slider.options) == ["1", "2", "3"]
    assert slider.proto.query_param_key == "epoch"
    counts = {}
    for epoch in (1, 2, 3, 1):
        lens.set(epoch=epoch)
        counts[epoch] = lens.cards["binary_accuracy"]["count"]
        assert f"epoch {epoch} of 3" in lens.texts
    assert counts == {1: "1 of 4", 2: "2 of 6", 3: "3 of 5"}


PAGES = [
    "explore/metrics", "explore/thresholds", "explore/classes", "explain/which_accuracy",
    "explain/number", "explain/doctor",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_epoch_stays_on_every_page_and_moves_there(logged, page):
    lens = logged().set(epoch=2)
    lens.app.switch_page(f"pages/{page}.py")
    lens.run()
    assert "epoch 2 of 3" in lens.texts
    assert "6 samples" in lens.texts
    lens.set(epoch=1)
    assert lens.errors == []
    assert "epoch 1 of 3" in lens.texts
    assert "4 samples" in lens.texts


def test_a_shorter_epoch_has_no_sample_beyond_its_end(logged):
    lens = logged().set(epoch=2, sample=5).set(epoch=1)
    assert lens.app.number_input(key="sample").value == 0
    assert lens.errors == []


def test_the_epoch_in_the_address_is_opened_where_the_file_has_it(logged):
    assert "epoch 2 of 3" in logged(epoch=2).texts
    assert "epoch 3 of 3" in logged(epoch=9).texts


def test_another_file_with_other_epochs_starts_at_its_last(logged):
    lens = logged().set(epoch=2).click("remove")
    lens.drop("next.csv", epochs_file({5: 3, 10: 3})).click("use")
    assert "epoch 10 of 10" in lens.texts
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


def test_one_epoch_has_no_slider_and_a_column_may_be_set_to_not_used(logged):
    lens = logged({7: 4})
    assert len(lens.app.select_slider) == 0
    assert lens.cards["binary_accuracy"]["count"] == "1 of 4"
    lens = logged().click("reopen").set(**{"epoch-log.csv": "none"}).click("use")
    assert len(lens.app.select_slider) == 0
    assert lens.cards["binary_accuracy"]["count"] == "6 of 15"


def test_a_broken_epoch_is_named_and_the_file_is_of_use_without_it(visit):
    content = b"epoch,y_true,y_pred\n1,1,0.75\n1.5,1,0.25\n"
    lens = visit(data="upload").drop("log.csv", content).click("use")
    (sentence,) = lens.errors
    assert "1.5 in row 1" in sentence
    lens.set(**{"epoch-log.csv": "none"}).click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "1 of 2"
