"""Proposals that wait for a second person; a candidate's facts are found by their subject."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "chassis_0002"
down_revision = "chassis_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create table and index."""
    op.create_table(
        "proposals",
        sa.Column("proposal_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("arguments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sealed_reason", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sealed_answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    op.create_index("proposals_state", "proposals", ["state", "asked_at"])
    op.create_index("proposals_subject", "proposals", ["subject", "state"])
    op.create_index("events_subject", "events", ["subject", "position"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("events_subject", "events")
    op.drop_table("proposals")
