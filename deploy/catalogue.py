"""`certtrack catalogue`: check, preview and propose changed files of the programme (F12.3)."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.decider import Rejected
from deploy.operations import UNUSABLE, caller, screen, show

LONG = 60.0
LOOK_SECONDS = 0.3
PAGE = 200
MOST_SHOWN = 50


def check(parsed: argparse.Namespace) -> int:
    """Whether the files fit together, with file, line and reason where they do not; needs nothing that runs."""
    from services.certification.adapters import catalogue_files
    from services.certification.domain.catalogue import CatalogueError

    try:
        files = changed_files(parsed.path)
        version = catalogue_files.changed(catalogue_files.delivered(), files)[0].version
    except (CatalogueError, OSError, ValueError) as why:
        print(why, file=sys.stderr)
        return UNUSABLE
    print(f"The catalogue fits together; its version would be {version}.")
    return 0


def unusable(why: Exception) -> int:
    """Say what is wrong with the files; other refusals are not about them and are raised again."""
    if isinstance(why, Rejected) and why.code != "catalogue-broken":
        raise why
    print(why.details["complaint"] if isinstance(why, Rejected) else why, file=sys.stderr)
    return UNUSABLE


def preview(parsed: argparse.Namespace) -> int:
    """Fold every record by the changed catalogue and tell whose state would be another one; changes nothing."""
    try:
        report = fold_everybody(parsed.data, changed_files(parsed.path))
    except (Rejected, OSError, ValueError) as why:
        return unusable(why)
    if parsed.json:
        print(json.dumps(report, indent=1))
    else:
        tell(report)
    return 0


def propose(parsed: argparse.Namespace) -> int:
    """Hand the files in, wait for the preview, tell whose state differs, and ask for a second person."""
    call = caller(parsed.data)
    try:
        by, permissions = member_of_staff(call, parsed.by)
        made = call("certification", "hand_in_catalogue", timeout=LONG, files=changed_files(parsed.path), by=by)
        change = previewed(call, made["change_id"])
    except (Rejected, OSError, ValueError) as why:
        return unusable(why)
    tell_differences(call, change)
    asked = call(
        "certification", "propose", timeout=LONG, action="catalogue-activate", subject="",
        arguments={"change_id": change["change_id"]}, reason=parsed.why, by=by, permissions=permissions,
    )  # fmt: skip
    print(f"A second person decides at /console/approvals/certification/{asked['proposal_id']}.")
    return 0


def member_of_staff(call: Callable[..., Any], email: str) -> tuple[str, list[str]]:
    """Id and permissions of somebody of the house; ValueError for anybody else."""
    member_id, permissions = "", set[str]()
    for group in call("identity", "groups", timeout=LONG):
        for member in call("identity", "group", timeout=LONG, group_id=group["group_id"])["members"]:
            if member["email"].casefold() == email.casefold():
                member_id = member["member_id"]
                permissions |= set(group["permissions"])
    if not member_id:
        raise ValueError(f"{email}: no group of the console has such a member; see certtrack staff list.")
    return member_id, sorted(permissions)


def previewed(call: Callable[..., Any], change_id: str) -> dict[str, Any]:
    """The change once everybody is folded by it, under a progress bar; ValueError when the preview stands still."""
    columns = (TextColumn("folding {task.fields[version]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=None, version="")
        reached, moved_at = -1, time.monotonic()
        while True:
            change: dict[str, Any] = call("certification", "catalogue_change", timeout=LONG, change_id=change_id)
            progress.update(task, total=change["candidates"], completed=change["previewed"], version=change["version"])
            if change["state"] != "previewing":
                return change
            if change["previewed"] > reached:
                reached, moved_at = change["previewed"], time.monotonic()
            elif time.monotonic() - moved_at > LONG:
                raise ValueError(f"The preview stands still at {reached}; see /console/catalogue/{change_id}.")
            time.sleep(LOOK_SECONDS)


def tell_differences(call: Callable[..., Any], change: dict[str, Any]) -> None:
    """A table of the first differences, and how many there are."""
    page = call("certification", "catalogue_differences", timeout=LONG, change_id=change["change_id"], limit=MOST_SHOWN)
    rows = [(line["candidate_id"], line["name"], line["before"] or "-", line["after"] or "-") for line in page["lines"]]
    columns = ("candidate", "certification", "now", "with the changed catalogue")
    show(f"Catalogue {change['version']} in place of {change['base']}", columns, rows)
    print(
        f"{change['candidates_that_differ']} of {change['candidates']} candidates would change;"
        f" {change['certifications_that_differ']} certifications."
    )


def changed_files(path: Path) -> dict[str, str]:
    """The files of a folder, or one file, by table name; ValueError for a file that is no table of the catalogue."""
    from services.certification.adapters.catalogue_files import MORE, TABLES

    found = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    tables = {file.stem: file.read_text("utf-8") for file in found if file.stem in {*TABLES, *MORE}}
    if not tables:
        raise ValueError(f"{path}: none of {', '.join(f'{name}.yaml' for name in (*TABLES, *MORE))} is there.")
    return tables


def fold_everybody(data: Path, files: dict[str, str]) -> dict[str, Any]:
    """All pages, with a progress bar on standard error."""
    call, after, changed = caller(data), "", []
    columns = (TextColumn("folding {task.fields[version]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=None, version="")
        while True:
            page = call("certification", "preview_catalogue", timeout=LONG, files=files, after=after, limit=PAGE)
            changed += page["changed"]
            progress.update(task, total=page["total"], advance=page["candidates"], version=page["version"])
            if page["next"] is None:
                break
            after = page["next"]
    versions = {"version": page["version"], "in_force": page["in_force"]}
    return {**versions, "candidates": page["total"], "changed": changed}


def tell(report: dict[str, Any]) -> None:
    """A table of the first changes, and how many there are."""
    rows = [
        (found["candidate_id"], change["certification"], place(change["before"]), place(change["after"]))
        for found in report["changed"]
        for change in found["changes"]
    ]
    columns = ("candidate", "certification", "now", "with the changed catalogue")
    show(f"Catalogue {report['version']} in place of {report['in_force']}", columns, rows[:MOST_SHOWN])
    print(f"{len(report['changed'])} of {report['candidates']} candidates would change; {len(rows)} certifications.")


def place(found: dict[str, Any] | None) -> str:
    """How a certification stands, in a few words."""
    if found is None:
        return "-"
    last = found["until"] or found["expires_on"]
    return found["status"] if last is None else f"{found['status']}, {last}"
