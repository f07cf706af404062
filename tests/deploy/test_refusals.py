"""What operators read when a service refuses."""

import re
from pathlib import Path

import pytest

from chassis.decider import Rejected
from chassis.errors import Conflict, Failure, Invalid, NotFound, Unavailable
from deploy import cli
from deploy.environment import ROOT, Installation
from deploy.refusals import SENTENCES, sentence
from gateway import wording


@pytest.mark.parametrize(("why", "told"), [
    (Rejected("partner-exists", name="acme"),
     "There is a partner acme already: choose another name, or remove it first."),
    (Rejected("event-unknown", events=["Nope", "Never"]),
     "No public event is called Nope, Never; docs/events.md lists them all."),
    (NotFound("no-such-projection", known=["kits", "holders"]),
     "There is no such projection; there are kits, holders."),
    (Invalid("invalid-fields", fields={"redirect_uris": {"0": ["HTTPS is needed, or HTTP on this machine."]}}),
     "redirect uris: HTTPS is needed, or HTTP on this machine."),
    (Invalid("why-missing"), "Say why: it is kept with the event."),
    (Unavailable("broker"),
     "The broker does not answer: certtrack health shows what runs, make run starts everything."),
    (Unavailable("testing"), "No answer from testing in time: see certtrack health, then repeat the command."),
    (Conflict("parked-meanwhile-changed"), "Others keep changing the same thing: repeat the command."),
    (Rejected("scope-not-for-machines"), "A machine may have the scope provider, and needs a secret."),
    (Failure("never-heard-of", id="x"), "Refused: never-heard-of (id: x)."),
])  # fmt: skip
def test_a_refusal_is_a_sentence_for_operators(why, told):
    assert sentence(why) == told


def test_every_refusal_of_a_service_is_a_sentence_for_somebody():
    raised = {
        code for file in Path(ROOT, "services").rglob("*.py")
        for code in re.findall(r'(?:Rejected|NotFound)\(\s*"([a-z0-9-]+)"', file.read_text())
    }  # fmt: skip
    told_as_oauth_does = {"grant-over"}
    assert sorted(raised - wording.REJECTIONS.keys() - SENTENCES.keys()) == sorted(told_as_oauth_does)


def test_a_transcript_that_is_over_is_refused_with_its_last_day():
    told = sentence(Rejected("transcript-expired", view_until="2026-11-02"))
    assert told == "This transcript can be viewed until 2 November 2026; that is not the end of any certification."


def test_codes_with_a_sentence_are_raised_somewhere():
    sources = "".join(
        file.read_text() for folder in ("chassis", "services", "deploy") for file in Path(ROOT, folder).rglob("*.py")
        if file.name != "refusals.py"
    )  # fmt: skip
    assert [code for code in SENTENCES if not re.search(rf'"{code}"', sources)] == []


def test_while_nothing_runs_a_command_ends_with_one_sentence(tmp_path, capsys):
    Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1:1").save()
    assert cli.main(["--data", str(tmp_path), "partners", "list"]) == 1
    assert capsys.readouterr() == ("", sentence(Unavailable("broker")) + "\n")
