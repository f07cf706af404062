"""The projections of fulfillment."""

import sqlalchemy as sa
from alembic import op

revision = "fulfillment_0001"
down_revision = None
branch_labels = ("fulfillment",)
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "fulfillment_addresses",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "fulfillment_complete_profiles",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "fulfillment_kits",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("kit_id", sa.String(length=40), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("order_number", sa.String(length=40), nullable=True),
        sa.Column("promise_from", sa.Date(), nullable=True),
        sa.Column("promise_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "kit_id"),
    )
    op.create_table(
        "fulfillment_names",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "fulfillment_standings",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("fulfillment_standings")
    op.drop_table("fulfillment_names")
    op.drop_table("fulfillment_kits")
    op.drop_table("fulfillment_complete_profiles")
    op.drop_table("fulfillment_addresses")
