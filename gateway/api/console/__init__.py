"""The console's JSON API, for tools of the house."""
