"""The questions that verification answers; one module each, all tables in one metadata."""

from sqlalchemy import MetaData

METADATA = MetaData()
"""Every projection table of this service."""
