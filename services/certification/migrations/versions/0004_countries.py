"""Where candidates live, for reports."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0004"
down_revision = "certification_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "certification_countries",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_index("certification_countries_country", "certification_countries", ["country"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("certification_countries")
