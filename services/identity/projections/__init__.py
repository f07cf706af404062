"""The questions that identity answers; one module each, all tables in one metadata."""

from sqlalchemy import MetaData

METADATA = MetaData()
"""Every table of this service besides the chassis's."""
