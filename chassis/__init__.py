"""The common frame every service stands on; small, and ignorant of every business word."""
