"""Owns the sittings of candidates: what the test provider reported, and what was revoked later."""
