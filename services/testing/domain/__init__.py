"""What testing decides about exam results; plain Python only."""
