"""Company names that wait for support."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0020"
down_revision = "identity_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; `certtrack rebuild identity companies` fills it with names from before."""
    op.create_table(
        "companies_to_review",
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("companies_to_review_since", "companies_to_review", ["since", "account_id"], unique=False)
    op.create_index("companies_to_review_candidate", "companies_to_review", ["candidate_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("companies_to_review")
