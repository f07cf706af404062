"""The JSON API: operations as data, one way to run them, their schemas and their description."""
