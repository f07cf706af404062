"""What is known of people besides name and address: work, guardian, farewell."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0010"
down_revision = "identity_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `certtrack rebuild identity people` fills it."""
    op.create_table(
        "people",
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("company_listed", sa.Boolean(), nullable=True),
        sa.Column("job_title", sa.Text(), nullable=True),
        sa.Column("local_script", sa.JSON(), nullable=True),
        sa.Column("directory", sa.JSON(), nullable=True),
        sa.Column("guardian", sa.String(length=20), nullable=False),
        sa.Column("guardian_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("of_age_on", sa.Text(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("people_candidate", "people", ["candidate_id"], unique=False)
    op.create_index("people_erased", "people", ["erased_on"], unique=False)
    op.create_index("people_of_age", "people", ["guardian", "of_age_on"], unique=False)
    op.create_index("people_reviewed", "people", ["reviewed_on"], unique=False)
    op.create_index("people_seen", "people", ["seen_on"], unique=False)
    op.create_table(
        "guardians",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("guardians")
    op.drop_table("people")
