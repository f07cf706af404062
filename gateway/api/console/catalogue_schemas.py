"""What requests about changes of the catalogue hold, and what answers say."""

from marshmallow import Schema, fields, validate

from gateway.api.console.claim_schemas import PLACE
from gateway.catalogue_files import LARGEST, TABLES


class CatalogueFiles(Schema):
    """Changed tables by name, in YAML; those that are not there stay as they are."""

    files = fields.Dict(
        keys=fields.String(validate=validate.OneOf(TABLES)),
        values=fields.String(validate=validate.Length(1, LARGEST)),
        required=True,
        validate=validate.Length(1, len(TABLES)),
    )


class DifferencesPlace(Schema):
    """Where the list of differences goes on."""

    after = fields.String(load_default="", validate=[validate.Length(max=141), PLACE])


class CatalogueChangeId(Schema):
    """The change, and the version that it would bring."""

    change_id = fields.String()
    version = fields.String()


class CatalogueChange(Schema):
    """One change of the catalogue."""

    change_id = fields.String()
    version = fields.String()
    base = fields.String(metadata={"description": "The version that it was previewed against."})
    changed = fields.List(fields.String())
    handed_in_by = fields.String()
    handed_in_on = fields.Date()
    activated_on = fields.Date(allow_none=True)
    state = fields.String(metadata={"enum": ["previewing", "previewed", "outdated", "in-force", "replaced"]})
    previewed = fields.Integer(metadata={"description": "So many candidates were folded."})
    followed = fields.Integer(metadata={"description": "So many records follow it."})
    all_followed = fields.Boolean()
    candidates = fields.Integer()
    candidates_that_differ = fields.Integer()
    certifications_that_differ = fields.Integer()


class CatalogueChanges(Schema):
    """The version in force, and the changes that were handed in last."""

    in_force = fields.String()
    changes = fields.List(fields.Nested(CatalogueChange))


class CatalogueDifferences(Schema):
    """Certifications that would stand differently, a page at a time."""

    lines = fields.List(fields.Dict())
    next = fields.String(allow_none=True)
