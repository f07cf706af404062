"""What travels back to a caller."""

import json

from chassis.rpc import encoded


def test_messages_about_elements_of_a_list_reach_the_caller():
    messages = {"redirect_uris": {0: ["HTTPS is needed."]}}
    error = {"exc_type": "Invalid", "value": "invalid-fields", "details": {"fields": messages}}
    told = json.loads(encoded({"result": None, "error": error, "stale": False}))
    assert told["error"]["details"] == {"fields": {"redirect_uris": {"0": ["HTTPS is needed."]}}}


def test_what_cannot_travel_is_told_as_a_bug():
    told = json.loads(encoded({"result": {(1, 2): 3, "x": 2**70}, "error": None, "stale": True}))
    assert (told["result"], told["error"]["value"], told["stale"]) == (None, "internal", True)
