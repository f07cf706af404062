"""What the RPC benchmarks send back and forth: about 350 bytes, like an answer of a service."""

PAYLOAD = {
    "candidate_id": "C0042000000000000000000001",
    "certifications": [
        {
            "certification": "network-professional",
            "name": "Network Professional",
            "level": "professional",
            "status": "active",
            "active_on": "2025-03-14",
            "expires_on": "2028-03-14",
            "credits": 40,
        },
        {"certification": "network-associate", "name": "Network Associate", "status": "active", "credits": 0},
    ],
}
