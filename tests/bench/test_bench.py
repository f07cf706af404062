"""The machinery of the benchmarks on a tiny run; no figure is judged."""

import io
import os
import time
from functools import partial

import pytest
from rich.console import Console

from tests.bench import append, cpu, fold, measuring, preview, table
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn


def test_every_figure_gets_one_line_with_its_ratios() -> None:
    figures = beside(
        "relay",
        Sample(count=900, seconds=0.5, cpu=0.09),
        limit=("bare publishing", Sample(count=2000, seconds=1.0, cpu=0.1)),
        peer=("somebody else", Sample(count=450, seconds=1.0, cpu=0.9)),
        goal="at least 3 x the peer",
        met=True,
    )

    assert [table.cells(figure) for figure in figures] == [
        ("relay", "1,800", "/s", "0.1", "0.9", "4", "at least 3 x the peer: yes"),
        ("  raw limit: bare publishing", "2,000", "/s", "0.05", "", "", ""),
        ("  peer: somebody else", "450", "/s", "2", "", "", ""),
    ]


def test_variants_are_measured_in_turn_and_the_median_counts() -> None:
    order: list[str] = []
    rates = {"ours": iter((30, 10, 20)), "peer": iter((1, 2, 3))}

    def variant(name: str) -> Sample:
        order.append(name)
        return Sample(count=next(rates[name]), seconds=1.0, cpu=0.0)

    taken = in_turn(3, {name: partial(variant, name) for name in rates})

    assert order == ["ours", "peer"] * 3
    assert {name: sample.rate for name, sample in taken.items()} == {"ours": 20, "peer": 2}


def test_processor_time_counts_a_process_and_what_it_has_started() -> None:
    before = cpu.seconds([os.getpid()])
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass

    assert cpu.seconds([os.getpid()]) - before >= 0.08
    assert cpu.seconds([2**22 + 1]) == 0


def test_the_table_is_printed_and_written_from_the_same_lines() -> None:
    figures = [Figure(name="delay", value=12.34, unit="ms", of_limit=2.5, goal="at most 30 ms", met=False)]
    output = io.StringIO()

    table.show(Console(file=output, width=120), figures)

    assert output.getvalue().splitlines()[1].split() == ["delay", "12.3", "ms", "2.5", "at", "most", "30", "ms:", "NO"]
    assert table.markdown(figures).splitlines()[2] == "| **delay** | 12.3 | ms |  | 2.5 |  | at most 30 ms: NO |"


@pytest.mark.thorough
def test_the_fold_is_measured_without_any_server() -> None:
    figures = fold.measure(None, scale=0.02)

    assert [figure.kind for figure in figures] == ["ours", "limit", "peer", "ours", "limit", "ours", "limit"]
    assert [figures[0].name, figures[5].name] == ["fold of 10 pieces of evidence", "fold of 2,000 records"]


@pytest.mark.thorough
def test_the_preview_is_measured_over_as_many_candidates_as_asked_for() -> None:
    figures = preview.measure(None, scale=0.0005)

    assert [figure.name for figure in figures] == [
        "preview over 50 candidates", "reading their facts alone", "the whole of that preview",
    ]  # fmt: skip


def test_the_percentile_is_one_of_the_values() -> None:
    assert measuring.percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert measuring.percentile([3.0, 1.0, 2.0], 0.99) == 3.0


@pytest.mark.server
@pytest.mark.timeout(120)
def test_a_benchmark_runs_on_real_servers() -> None:
    with Ground() as ground:
        figures = append.measure(ground, scale=0.01)

    peer = ["peer"] if append.PEER_RUNS else []
    assert [figure.kind for figure in figures] == ["ours", "limit", *peer, "ours", "limit"]
    assert all(figure.value > 0 for figure in figures)
