"""The catalogue of events names the services that really listen."""

import ast
from collections import defaultdict

from contracts import generate, words

ORDER = ("identity", "testing", "certification", "fulfillment", "verification")


def subscriptions(tree):
    """Names of the contracts in `@subscribe(contracts.Name)`."""
    methods = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for decorator in (decorator for method in methods for decorator in method.decorator_list):
        match decorator:
            case ast.Call(func=ast.Name("subscribe"), args=[ast.Attribute(ast.Name("contracts"), name)]):
                yield name


def listening():
    """Services by event, read from the services' entry points."""
    found = defaultdict(set)
    for service in ORDER:
        folder = generate.ROOT / "services" / service
        for path in [*folder.glob("service.py"), *folder.glob("service/*.py")]:
            for name in subscriptions(ast.parse(path.read_text("utf-8"))):
                found[name].add(service)
    return {name: tuple(service for service in ORDER if service in services) for name, services in found.items()}


def test_who_listens_is_written_in_the_catalogue_of_events():
    written = {name: services for name, services in words.LISTENERS.items() if services}
    assert listening() == written
