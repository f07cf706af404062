"""Accepted versions of the agreement, and days of sittings."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0006"
down_revision = "certification_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; `certtrack rebuild certification acceptances` fills it."""
    op.create_table(
        "agreement_acceptances",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "version", "happened_on"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("agreement_acceptances")
