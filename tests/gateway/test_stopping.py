"""Beginning and end of the process."""

import signal
import subprocess
import sys
import threading

import pytest

from deploy.processes import until
from tests.gateway import places
from tests.gateway.stand_ins_known import PASSWORD


@pytest.mark.thorough
def test_without_settings_the_process_says_what_is_missing():
    done = subprocess.run(
        [sys.executable, "-m", "gateway"], cwd=places.ROOT, env={}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "gateway: CERTTRACK_MASTER_KEY is not set.\n")


@pytest.mark.thorough
def test_the_process_listens_and_answers_in_time_while_the_broker_is_away(tmp_path):
    with places.gateway(places.NOWHERE, tmp_path) as client:
        answers = [client.get(path) for path in ("/health", "/login", "/t/ABC", "/api/v1/public/verify/ABC")]
    assert [answer.status_code for answer in answers] == [200, 200, 503, 503]
    assert all(answer.elapsed.total_seconds() < 2.0 for answer in answers)


@pytest.mark.server
def test_a_request_under_way_is_answered_although_the_process_is_told_to_stop(services, amqp_uri, tmp_path):
    answers = []
    with places.process(amqp_uri, tmp_path) as (client, process):
        assert until(lambda: client.get("/health").json()["broker"] == "connected", 5.0)
        token = client.post("/api/v1/sessions", json={"email": "a@b.org", "password": PASSWORD}).json()["token"]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "stop"}

        def switch_off() -> None:  # it takes half a second: the lease is waited out
            answers.append(client.post("/api/v1/me/transcripts/T1/disable", headers=headers))

        asking = threading.Thread(target=switch_off)
        asking.start()
        threading.Event().wait(0.2)
        process.send_signal(signal.SIGTERM)
        asking.join(5)
    assert [answer.status_code for answer in answers] == [200]
