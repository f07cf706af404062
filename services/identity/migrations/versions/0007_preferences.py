"""How candidates want to be spoken to."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0007"
down_revision = "identity_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "preferences",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=True),
        sa.Column("date_format", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("preferences")
