"""Which features and rules are shown by tests (`python -m tests.features`)."""
