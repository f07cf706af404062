"""What operators deploy is complete, limited and closed."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy import subset
from deploy.environment import ROOT, SERVICES

DEPLOY = ROOT / "deploy"
PARTS = (*SERVICES, "gateway")


def documents(file: Path) -> list[dict]:
    return [document for document in yaml.safe_load_all(file.read_text()) if document]


@pytest.mark.parametrize("file", ["compose.yaml", "compose.test.yaml"])
def test_every_container_has_a_health_check_and_a_memory_limit(file):
    containers = documents(DEPLOY / file)[0]["services"]
    assert [name for name, one in containers.items() if "healthcheck" not in one or "mem_limit" not in one] == []


def test_our_own_containers_are_read_only_without_capabilities_and_wait_for_healthy_servers():
    containers = documents(DEPLOY / "compose.yaml")[0]["services"]
    assert sorted(set(containers) - {"broker", "postgres"}) == sorted(PARTS)
    for name in PARTS:
        one = containers[name]
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert {wait["condition"] for wait in one["depends_on"].values()} == {"service_healthy"}


def test_every_setting_that_compose_asks_for_is_in_the_example():
    wanted = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "example.env").read_text(), flags=re.MULTILINE))
    assert wanted == offered


@pytest.mark.parametrize("part", PARTS)
def test_every_part_in_the_cluster_is_plain_limited_and_probed(part):
    pod = documents(DEPLOY / "k8s" / "base" / f"{part}.yaml")[0]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in (*pod.get("initContainers", ()), *pod["containers"]):
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert {"requests", "limits"} == set(container["resources"])
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(pod["containers"][0])


def test_the_cluster_lets_nobody_talk_to_anybody_unless_a_policy_says_so():
    policies = documents(DEPLOY / "k8s" / "base" / "network.yaml")
    deny = next(policy["spec"] for policy in policies if policy["metadata"]["name"] == "default-deny")
    assert deny == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_the_base_names_every_manifest():
    base = DEPLOY / "k8s" / "base"
    named = documents(base / "kustomization.yaml")[0]["resources"]
    assert sorted([*named, "kustomization.yaml"]) == sorted(file.name for file in base.glob("*.yaml"))


@pytest.mark.parametrize("part", PARTS)
def test_an_image_holds_what_its_part_needs_and_no_tools(part):
    names = subset.closure(subset.first_wishes(part))
    assert {"nameko", "sqlalchemy", "cryptography"} <= names
    assert names & {"pytest", "mypy", "ruff", "rich", "httpx"} == set()
    assert names <= set(subset.locked())


def test_make_help_lists_every_target_with_one_line():
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[0] for line in shown.splitlines()] == [
        "help", "run", "test", "unit", "check", "bench", "assets", "gallery", "lighthouse", "features", "words",
    ]  # fmt: skip
    assert all(len(line.split(maxsplit=1)) == 2 for line in shown.splitlines())
