"""Fields of answers."""

from typing import Any

from marshmallow import fields


def maybe(field: type[fields.Field[Any]], **more: Any) -> fields.Field[Any]:
    """A field that may be null."""
    return field(allow_none=True, **more)
