"""Where is my result: received, matched to the record, certified, code made, kit offered, each with its time."""

from typing import Any

from gateway.dashboard.overview import Overview

DONE, RUNNING, NOTHING, UNKNOWN = "done", "in-progress", "nothing", "unknown"


def results(found: Overview) -> list[dict[str, Any]] | None:
    """The way of each result that came in lately, newest first; None while testing is unknown."""
    received = found.of("testing", "received")
    return None if received is None else [_way(result, found) for result in received]


def _way(result: dict[str, Any], found: Overview) -> dict[str, Any]:
    steps = [_step("received", DONE, result["at"])]
    if result["outcome"] == "pass":
        steps += _after_a_pass(result["counts_as"], found)
    shown = {name: result[name] for name in ("result_id", "exam", "title", "taken_on", "outcome")}
    return {**shown, "steps": steps, "done": all(step["state"] in {DONE, NOTHING} for step in steps)}


def _after_a_pass(evidence: str, found: Overview) -> list[dict[str, Any]]:
    """A corrected result counts under another id than it came with."""
    outcomes = found.of("certification", "outcomes")
    if outcomes is None:
        return [_step("matched", UNKNOWN)]
    outcome = outcomes.get(evidence)
    if outcome is None:
        return [_step("matched", RUNNING), _step("certified", RUNNING)]
    earned = [line for line in outcome["brought"] if line["code"] == "earned"]
    return [
        _step("matched", DONE, outcome["matched_at"]),
        _certified(outcome),
        *_codes(earned, found),
        *_kits(earned, found),
    ]


def _certified(outcome: dict[str, Any]) -> dict[str, Any]:
    """A pass may bring nothing new: it counts later, or never did."""
    brought = outcome["brought"]
    if not brought:
        return _step("certified", NOTHING)
    what = [{"code": line["code"], **line["details"]} for line in brought]
    return _step("certified", DONE, max(line["at"] for line in brought), brought=what)


def _codes(earned: list[dict[str, Any]], found: Overview) -> list[dict[str, Any]]:
    wanted = [line["details"]["certification"] for line in earned]
    return _gathered("code", wanted, found.of("verification", "minted"))


def _kits(earned: list[dict[str, Any]], found: Overview) -> list[dict[str, Any]]:
    wanted = [line["details"]["certification"] for line in earned if line["details"]["kit"] != "none"]
    offered = found.of("fulfillment", "offered")
    kits = found.of("fulfillment", "kits")
    at = None if kits is None else {kit["certification"]: offered.get(kit["kit_id"]) for kit in reversed(kits)}
    return _gathered("kit", wanted, at)


def _gathered(name: str, wanted: list[str], at: dict[str, str | None] | None) -> list[dict[str, Any]]:
    """One step for all certifications that a result has brought: done when it is done for each."""
    if not wanted:
        return []
    if at is None:
        return [_step(name, UNKNOWN)]
    if not all(certification in at for certification in wanted):
        return [_step(name, RUNNING)]
    times = [moment for certification in wanted if (moment := at[certification])]
    return [_step(name, DONE, max(times, default=None))]


def _step(name: str, state: str, at: str | None = None, **more: Any) -> dict[str, Any]:
    return {"step": name, "state": state, "at": at, **more}
