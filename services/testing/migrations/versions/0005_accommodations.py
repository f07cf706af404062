"""Accommodations that candidates asked for."""

import sqlalchemy as sa
from alembic import op

revision = "testing_0005"
down_revision = "testing_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; no fact tells of it yet."""
    op.create_table(
        "testing_accommodations",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("accommodation", sa.String(length=60), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("request_id"),
    )
    op.create_index(
        "testing_accommodations_candidate", "testing_accommodations", ["candidate_id", "requested_on"], unique=False
    )
    op.create_index("testing_accommodations_status", "testing_accommodations", ["status", "requested_on"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("testing_accommodations")
