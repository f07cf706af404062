"""Certification owns each candidate's record: what was earned, until when it is valid, and why it changed."""
