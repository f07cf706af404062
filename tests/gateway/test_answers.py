"""Answers in memory: as good as fresh ones for everybody who has seen or written something, gone when it changes."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import answers as module
from gateway.answers import Answers, question
from gateway.calls import late
from gateway.marks import Mark, merge
from gateway.rpc import Reply

ASKED = question("certification", "overview", {"candidate_id": "ADA"})


def event(sequence, *, subject="ADA", source="testing", epoch="e1", name="ExamPassed", **data):
    about = {"subject": subject} if subject else {}
    kind = f"certtrack.{source}.{name}.v1"
    return {"id": f"{source}/{epoch}/0/{sequence}", "type": kind, "data": data, **about}


def kept(answers, value="old", *, at_least=(), reply=None):
    """Ask and keep, as a request does."""
    answers.keep(answers.ticket("ADA", at_least), ASKED, reply or Reply(value, stale=False))
    return answers


def found(answers, *at_least):
    answer = answers.find("ADA", ASKED, at_least)
    return None if answer is None else answer.reply.result


@pytest.fixture
def answers():
    listening = Answers()
    listening.listening()
    return listening


def test_an_answer_is_found_again(answers):
    assert found(kept(answers)) == "old"


def test_an_event_about_the_candidate_drops_it_and_one_about_a_neighbour_does_not(answers):
    kept(answers)
    answers.hear(event(1, subject="GRACE"))
    assert found(answers) == "old"
    answers.hear(event(2))
    assert found(answers) is None


def test_an_event_that_names_the_candidate_in_its_data_drops_it_too(answers):
    kept(answers).hear(event(1, subject="GRACE", source="identity", name="SomethingElse", survivor_id="ADA"))
    assert found(answers) is None


def test_an_event_about_nobody_concerns_everybody(answers):
    kept(answers).hear(event(1, subject="", source="identity", name="AnnouncementPublished"))
    assert found(answers) is None


def test_a_gap_means_that_anything_may_have_changed(answers):
    answers.hear(event(1, subject="GRACE"))
    kept(answers).hear(event(3, subject="GRACE"))
    assert found(answers) is None


def test_another_epoch_means_so_too(answers):
    answers.hear(event(1, subject="GRACE"))
    kept(answers).hear(event(2, subject="GRACE", epoch="e2"))
    assert found(answers) is None


def test_a_repeated_event_is_no_gap(answers):
    answers.hear(event(1, subject="GRACE"))
    answers.hear(event(2, subject="GRACE"))
    kept(answers).hear(event(1, subject="GRACE"))
    answers.hear(event(3, subject="GRACE"))
    assert found(answers) == "old"


def test_nothing_is_found_while_events_are_not_heard(answers):
    kept(answers).deaf()
    assert found(answers) is None
    assert found(kept(answers)) is None
    answers.listening()
    assert found(answers) is None


def test_an_answer_on_its_way_while_something_happens_is_not_kept(answers):
    ticket = answers.ticket("ADA", ())
    answers.hear(event(1))
    answers.keep(ticket, ASKED, Reply("old", stale=False))
    assert found(answers) is None


def test_an_answer_on_its_way_while_everything_is_dropped_is_only_remembered(answers):
    ticket = answers.ticket("ADA", ())
    answers.empty()
    answers.keep(ticket, ASKED, Reply("old", stale=False))
    assert found(answers) is None
    assert answers.last_known("ADA", ASKED).reply.result == "old"


def test_a_refill_asks_for_everything_that_was_heard_of_the_candidate(answers):
    answers.hear(event(1))
    answers.hear(event(2, subject="GRACE"))
    answers.hear(event(1, source="identity"))
    own = Mark("verification", "e1", 0, 7)
    assert set(answers.ticket("ADA", (own,)).marks) == {
        Mark("testing", "e1", 0, 1), Mark("identity", "e1", 0, 1), own,
    }  # fmt: skip


def test_a_stale_answer_is_shown_but_not_kept(answers):
    assert found(kept(answers, reply=Reply("old", stale=True))) is None


def test_an_answer_that_may_miss_what_happened_before_listening_is_not_kept(answers):
    assert found(kept(answers, reply=Reply("old", stale=False, as_of=time.time() - 5))) is None
    assert found(kept(answers, reply=Reply("old", stale=False, as_of=time.time() + 1))) == "old"


@pytest.mark.feature("F3.6")
def test_own_writes_that_were_not_heard_yet_go_past_the_memory(answers):
    kept(answers)
    written = Mark("testing", "e1", 0, 5)
    assert found(answers, written) is None
    assert found(kept(answers, "new", at_least=(written,)), written) == "new"


def test_own_writes_that_were_heard_are_in_the_memory(answers):
    answers.hear(event(5))
    assert found(kept(answers), Mark("testing", "e1", 0, 5)) == "old"
    assert found(answers, Mark("testing", "e2", 0, 5)) is None


def test_what_was_heard_before_a_candidate_was_forgotten_goes_past_the_memory():
    answers = Answers(most=1)
    answers.listening()
    answers.hear(event(1))
    answers.hear(event(2, subject="GRACE"))  # there is no room for Ada any more
    kept(answers)
    assert found(answers) == "old"
    assert found(answers, Mark("testing", "e1", 0, 1)) is None


def test_an_answer_ends_after_a_minute(answers, monkeypatch):
    kept(answers)
    real = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: real + 59)
    assert found(answers) == "old"
    monkeypatch.setattr(module.time, "monotonic", lambda: real + 61)
    assert found(answers) is None


def test_an_answer_may_end_earlier_by_its_own_word(answers, monkeypatch):
    kept(answers, {"good_for": 10})
    real = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: real + 11)
    assert found(answers) is None


def test_an_answer_ends_at_midnight(answers, monkeypatch):
    kept(answers)
    monkeypatch.setattr(module, "_today", lambda: date.today() + timedelta(days=1))  # noqa: DTZ011  only another day
    assert found(answers) is None


@pytest.mark.feature("F3.6")
def test_what_was_known_is_remembered_for_when_a_service_is_silent(answers):
    kept(answers).hear(event(1))
    assert answers.last_known("ADA", ASKED).reply.result == "old"
    answers.deaf()
    assert answers.last_known("ADA", ASKED).told_at == pytest.approx(time.time(), abs=5)


@pytest.mark.rule("R-P1")
@pytest.mark.parametrize("how", ["by the event", "by this gateway"])
def test_nothing_is_remembered_of_an_erased_candidate(answers, how):
    ticket = kept(answers).ticket("ADA", ())
    if how == "by the event":
        answers.hear(event(1, source="identity", name="AccountErased"))
    else:
        answers.forget("ADA")
    answers.keep(ticket, ASKED, Reply("old", stale=False))
    assert answers.last_known("ADA", ASKED) is None


def test_the_memory_is_bounded():
    answers = Answers(most=2)
    answers.listening()
    for name in ("ADA", "GRACE", "LINUS"):
        answers.keep(answers.ticket(name, ()), ASKED, Reply(name, stale=False))
    assert [answers.find(name, ASKED, ()) is not None for name in ("ADA", "GRACE", "LINUS")] == [False, True, True]


def test_a_memory_for_nobody_asks_every_time():
    answers = Answers(most=0)
    answers.listening()
    answers.hear(event(1))
    assert found(kept(answers)) is None
    assert answers.last_known("ADA", ASKED) is None


@pytest.mark.feature("F3.6")
@pytest.mark.parametrize(("lag", "is_late"), [(60.0, False), (61.0, True), (0.0, False)])
def test_data_is_late_when_it_lags_by_more_than_a_minute(lag, is_late):
    assert (late(1000.0, 1000.0 + lag) is not None) is is_late


# -- the law: whatever arrives when, and whichever gateway answers, a candidate reads his own writes


@dataclass
class World:
    """One source, one reading service that follows it late, two gateways that hear late; `facts` counts Ada's."""

    facts: list[str] = field(default_factory=list)
    applied: int = 0
    gateways: list[Answers] = field(default_factory=lambda: [Answers(most=2), Answers(most=2)])
    heard: list[int] = field(default_factory=lambda: [0, 0])
    marks: tuple[Mark, ...] = ()

    def __post_init__(self):
        for gateway in self.gateways:
            gateway.listening()

    def write(self, who):
        self.facts.append(who)
        if who == "ADA":
            self.marks = merge(self.marks, (Mark("testing", "e1", 0, len(self.facts)),))

    def hear(self, number):
        if self.heard[number] < len(self.facts):
            self.heard[number] += 1
            sequence = self.heard[number]
            self.gateways[number].hear(event(sequence, subject=self.facts[sequence - 1]))

    def lose(self, number):
        """The line breaks: what was told meanwhile is never heard."""
        self.gateways[number].deaf()
        self.heard[number] = len(self.facts)
        self.gateways[number].listening()

    def apply(self):
        self.applied = min(self.applied + 1, len(self.facts))

    def begin(self, number):
        """A request of Ada at a gateway: found in memory, or asked for and answered in a moment."""
        gateway = self.gateways[number]
        answer = gateway.find("ADA", ASKED, self.marks)
        if answer is not None:
            assert answer.reply.result >= self.own_facts_written(), "own writes are missing"
            return None
        ticket = gateway.ticket("ADA", self.marks)
        told = Reply(self.facts[: self.applied].count("ADA"), stale=self.missing(ticket), as_of=self.as_of())
        return lambda: gateway.keep(ticket, ASKED, told)

    def missing(self, ticket):
        return any(mark.sequence > self.applied for mark in ticket.marks)

    def as_of(self):
        """The projection is complete up to now, or up to before anybody began to listen."""
        return None if self.applied == len(self.facts) else 0.0 if self.applied < min(self.heard) else None

    def own_facts_written(self):
        return self.facts.count("ADA")


STEPS = st.lists(
    st.sampled_from(
        ["write ADA", "write GRACE", "write LINUS", "hear 0", "hear 1", "lose 0", "apply", "begin 0", "begin 1", "end"]
    ),
    max_size=60,
)


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_a_candidate_always_reads_his_own_writes(steps):
    world, under_way = World(), []
    for step in steps:
        what, _, which = step.partition(" ")
        match what:
            case "write":
                world.write(which)
            case "hear":
                world.hear(int(which))
            case "lose":
                world.lose(int(which))
            case "apply":
                world.apply()
            case "begin":
                under_way.append(world.begin(int(which)))
            case "end" if under_way:
                finish = under_way.pop(0)
                if finish is not None:
                    finish()
