"""What happened to each candidate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "fulfillment_0003"
down_revision = "fulfillment_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; `certtrack rebuild fulfillment activity` fills it from the facts there are."""
    op.create_table(
        "activity",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("activity_candidate", "activity", ["candidate_id", "number"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("activity")
