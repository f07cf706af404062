"""Processes that a benchmark starts: ours, the raw limit's and the peer's, each obeying orders line by line."""
