"""Announcements, who put them away, and the standings that audiences ask for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "identity_0006"
down_revision = "identity_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `certtrack rebuild identity standings` fills the last one from certification's log."""
    op.create_table(
        "announcements",
        sa.Column("announcement_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("announcement_id"),
    )
    op.create_index("announcements_shown", "announcements", ["state", "shown_until"], unique=False)
    op.create_table(
        "dismissed_announcements",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("announcement_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "announcement_id"),
    )
    op.create_table(
        "standings",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("standings")
    op.drop_table("dismissed_announcements")
    op.drop_table("announcements")
