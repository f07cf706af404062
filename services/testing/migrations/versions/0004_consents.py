"""Versions of the agreement that were accepted, and guardians' consent."""

import sqlalchemy as sa
from alembic import op

revision = "testing_0004"
down_revision = "testing_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `certtrack rebuild testing consents` fills them from the facts there are."""
    op.create_table(
        "testing_agreements",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "version"),
    )
    op.create_table(
        "testing_guardians",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("testing_guardians")
    op.drop_table("testing_agreements")
