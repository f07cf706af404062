"""The list of features, the marks of tests, and the count."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.features.__main__ import report
from tests.features.rows import PAGE, Claim, Row, complaints, rows

KNOWN = [Row("F4.1", "Certification status"), Row("R-V2", "Last day"), Row("R-F", "The fold")]


def test_rows_are_lines_with_an_id_and_a_title_and_nothing_else():
    text = "# Features\n\nF4.1  Certification status\nR-F  The fold\n| F4.2 | a table |\nF4 two digits are missing\n"
    assert rows(text) == [Row("F4.1", "Certification status"), Row("R-F", "The fold")]


def test_a_row_stands_in_the_list_once():
    with pytest.raises(ValueError, match="twice in the list of features: R-F"):
        rows("R-F  The fold\nR-F  The fold again\n")


def test_the_committed_list_holds_every_feature_and_rule():
    kinds = Counter(row.id[0] for row in rows(PAGE.read_text()))
    assert kinds == {"F": 104, "R": 68}


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([Claim("feature", ("F4.1",)), Claim("rule", ("R-V2",)), Claim("rule", ("R-F",))], []),
        ([], []),
        ([Claim("feature", ("F4.9",))], ["there is no feature F4.9"]),
        ([Claim("rule", ("R-V9",))], ["there is no rule R-V9"]),
        ([Claim("rule", ("F4.1",))], ["F4.1 is not a rule"]),
        ([Claim("feature", ("R-V2",))], ["R-V2 is not a feature"]),
        ([Claim("feature", ())], ["a feature mark takes one id"]),
        ([Claim("rule", ("R-V2", "R-F"))], ["a rule mark takes one id"]),
        ([Claim("rule", (2,))], ["a rule mark takes one id"]),
        ([Claim("rule", ("R-F",))] * 4, ["claims 4 rows, at most 3 are allowed"]),
    ],
)
def test_claims_are_checked_against_the_list(claims, said):
    assert complaints(claims, KNOWN) == said


def test_the_report_counts_each_row_and_what_is_covered():
    assert report(KNOWN, Counter({"F4.1": 12, "R-F": 1})) == (
        "F4.1  12  Certification status\nR-V2  0  Last day\nR-F  1  The fold\ncovered 2 of 3\n"
    )


def count(folder, test):
    (folder / "test_sample.py").write_text(f"import pytest\n\n{test}")
    arguments = [sys.executable, "-m", "tests.features", str(folder)]
    return subprocess.run(arguments, cwd=PAGE.parents[1], capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_the_command_counts_the_tests_of_a_folder(tmp_path):
    done = count(
        tmp_path,
        '@pytest.mark.parametrize("n", [1, 2])\n@pytest.mark.feature("F4.1")\ndef test_it(n):\n    pass\n',
    )
    lines = done.stdout.splitlines()
    assert lines[-1] == "covered 1 of 172"
    assert [line for line in lines if line.startswith("F4.1 ")] == [
        "F4.1  2  Certification status: name, abbreviation, group, status, active and expire date"
    ]


@pytest.mark.thorough
def test_the_command_refuses_an_unknown_row(tmp_path):
    done = count(tmp_path, '@pytest.mark.rule("R-V9")\ndef test_it():\n    pass\n')
    assert done.returncode == 1
    assert "test_sample.py::test_it: there is no rule R-V9" in done.stderr
