"""Decisions about certifications; plain Python only."""
