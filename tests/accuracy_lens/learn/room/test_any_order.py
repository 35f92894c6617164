"""Whatever happens in whatever order: what was told to count is counted, once, and nothing else."""

from __future__ import annotations

import tempfile

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accuracy_lens.learn.room.database.rules import Action, Phase, possible
from accuracy_lens.learn.room.database.store import Store
from tests.accuracy_lens.learn.room.conftest import PLAN, Class

FOLDER = tempfile.TemporaryDirectory()
STORES = (Store(FOLDER.name), Store(FOLDER.name))  # as two servers have them
VOTERS = ("a", "b", "c")
voters, stores = st.sampled_from(VOTERS), st.sampled_from(STORES)


class AnyOrder(RuleBasedStateMachine):
    """A room of two questions, and beside it what must be counted."""

    @initialize()
    def begin(self) -> None:
        self.room = Class(STORES[0])
        self.seated: set[str] = set()
        self.votes: dict[tuple[str, int], dict[str, str]] = {}
        self.seen = [self.now]

    @property
    def now(self):
        return STORES[1].room(self.room.code)

    @rule(store=stores, voter=voters)
    def join(self, store, voter):
        assert store.join(self.room.code, voter)
        self.seated.add(voter)

    @rule(store=stores, voter=voters, answer=st.sampled_from("xyz"))
    def vote(self, store, voter, answer):
        self._vote(store, voter, answer, self.now.state.step, self.now.state.round)

    @rule(
        store=stores, voter=voters, answer=st.sampled_from("xyz"),
        step=st.sampled_from(PLAN.steps), number=st.integers(0, 3),
    )  # fmt: skip
    def vote_for_another_round(self, store, voter, answer, step, number):
        self._vote(store, voter, answer, step, number)

    def _vote(self, store, voter, answer, step, number):
        state = self.now.state
        counts = voter in self.seated and (step, number, Phase.OPEN) == (
            state.step, state.round, state.phase,
        )  # fmt: skip
        assert store.vote(self.room.code, step, number, voter, answer) == counts
        if counts:
            self.votes.setdefault((step, number), {})[voter] = answer

    @rule(store=stores, data=st.data())
    def steer(self, store, data):
        seen = self.now
        self.seen.append(seen)
        action = data.draw(st.sampled_from(possible(seen.state, PLAN)))
        assert store.steer(seen, self.room.secret, action, PLAN)
        if action is Action.RESET:
            self.votes.pop((seen.state.step, seen.state.round), None)

    @rule(store=stores, action=st.sampled_from(Action))
    def steer_as_one_may_not(self, store, action):
        before = self.now
        if action not in possible(before.state, PLAN):
            assert not store.steer(before, self.room.secret, action, PLAN)
        assert not store.steer(before, "no secret", action, PLAN)
        assert self.now == before

    @precondition(lambda self: len(self.seen) > 1)
    @rule(store=stores, data=st.data())
    def steer_late(self, store, data):
        seen = data.draw(st.sampled_from(self.seen))
        action = data.draw(st.sampled_from(possible(seen.state, PLAN)))
        if seen.version != self.now.version:
            assert not store.steer(seen, self.room.secret, action, PLAN)

    @invariant()
    def what_was_told_is_counted(self):
        if not hasattr(self, "room"):
            return
        counted = STORES[1].all_counts(self.room.code)
        told = {at: sorted(votes.values()) for at, votes in self.votes.items() if votes}
        assert {
            at: sorted(answer for answer, n in counts.items() for _ in range(n))
            for at, counts in counted.items()
        } == told
        for (step, number), votes in self.votes.items():
            for voter, answer in votes.items():
                assert STORES[0].answer(self.room.code, step, number, voter) == answer

    def teardown(self) -> None:
        if hasattr(self, "room"):
            STORES[0].end(self.room.code, self.room.secret)


AnyOrder.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestAnyOrder = AnyOrder.TestCase


def teardown_module() -> None:
    for store in STORES:
        store.close()
    FOLDER.cleanup()
