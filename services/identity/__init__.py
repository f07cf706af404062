"""Accounts: who a candidate is, how they log in, where they live, and the keys that keep personal data readable."""
