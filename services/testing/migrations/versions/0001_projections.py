"""The projections of testing."""

import sqlalchemy as sa
from alembic import op

revision = "testing_0001"
down_revision = None
branch_labels = ("testing",)
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "testing_history",
        sa.Column("result_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("exam", sa.String(length=40), nullable=False),
        sa.Column("exam_version", sa.String(length=20), nullable=True),
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("result_id"),
    )
    op.create_index("testing_history_candidate", "testing_history", ["candidate_id", "taken_on"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("testing_history")
