import pytest
from starlette.requests import Request

from gateway.visitors import device_of, network_of

LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 "
    "Safari/537.36 Edg/140.0"
)


def request(host: str = "192.0.2.7", agent: str = "") -> Request:
    headers = [(b"user-agent", agent.encode())]
    return Request({"type": "http", "headers": headers, "client": (host, 40000)})


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (LINUX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("python-httpx/0.28", "Another program"),
        ("", "Another program"),
    ],
)
def test_people_recognise_their_device(agent, words):
    assert device_of(request(agent=agent)) == words


@pytest.mark.feature("F1.7")
def test_a_network_is_known_by_a_hash_and_a_household_is_one_network():
    one, neighbour = network_of(b"key", request("2001:db8:1:2::7")), network_of(b"key", request("2001:db8:1:2::8"))
    assert one == neighbour != network_of(b"key", request("2001:db8:1:3::7"))
    assert network_of(b"key", request("192.0.2.7")) != network_of(b"key", request("192.0.2.8"))
