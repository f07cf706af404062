"""The projections of certification."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "certification_0001"
down_revision = None
branch_labels = ("certification",)
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "certification_expirations",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    op.create_index(
        "certification_expirations_day", "certification_expirations", ["candidate_id", "expires_on"], unique=False
    )
    op.create_table(
        "certification_history",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("old_expires_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        "certification_history_candidate", "certification_history", ["candidate_id", "happened_on"], unique=False
    )
    op.create_table(
        "certification_progress",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("abbreviation", sa.String(length=120), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    op.create_table(
        "certification_status",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("abbreviation", sa.String(length=120), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("emeritus_until", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    op.create_table(
        "credit_balance",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("steps", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "record_reviews",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "kind", "certification"),
    )
    op.create_index("record_reviews_begin", "record_reviews", ["begins_on"], unique=False)
    op.create_index("record_reviews_end", "record_reviews", ["ends_on"], unique=False)
    op.create_table(
        "recorded_candidates",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("recorded_candidates")
    op.drop_table("record_reviews")
    op.drop_table("credit_balance")
    op.drop_table("certification_status")
    op.drop_table("certification_progress")
    op.drop_table("certification_history")
    op.drop_table("certification_expirations")
