"""`python -m tests.chassis.services_under_test.stock_client URI`: nameko's own clients call the post; prints JSON."""

import json
import sys

from nameko.exceptions import RemoteError
from nameko.standalone.rpc import ClusterRpcProxy, ServiceRpcProxy


def refused(call, *args, **kwargs):
    """What nameko makes of an error."""
    try:
        call(*args, **kwargs)
    except RemoteError as error:
        return [error.exc_type, error.value]
    except Exception as error:  # noqa: BLE001  whatever it is, the test compares it
        return [type(error).__name__, str(error)]
    return None


def main(uri):
    config = {"AMQP_URI": uri}
    with ServiceRpcProxy("post", config, timeout=10) as post:
        said = {
            "positional": post.send("C-stock", "stock-1", 2)["written"][0],
            "keywords": post.stamp(candidate_id="C-stock", parcel_id="stock-1", times=2)["written"][0],
            "built-in": sorted(post.heads()["heads"]),
            "rejected": refused(post.refuse),
            "internal": refused(post.fail, "bug"),
            "unknown method": refused(post.nothing),
            "wrong arguments": refused(post.stamp, "C-stock"),
        }
    with ClusterRpcProxy(config, timeout=10) as cluster:
        said["cluster"] = cluster.depot.arrived("never-sent")
        waiting = [cluster.post.nap.call_async(0.1) for _ in range(5)]
        said["in parallel"] = [call.result() for call in waiting]
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
