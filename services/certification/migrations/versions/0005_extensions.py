"""Blanket extensions and how far each has come; private calendar links."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0005"
down_revision = "certification_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "extensions",
        sa.Column("extension_id", sa.String(length=60), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("extension_id"),
    )
    op.create_table(
        "extension_progress",
        sa.Column("extension_id", sa.String(length=60), nullable=False),
        sa.Column("after", sa.String(length=60), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("extension_id"),
    )
    op.create_table(
        "calendar_links",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
        sa.UniqueConstraint("code_hash"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("calendar_links")
    op.drop_table("extension_progress")
    op.drop_table("extensions")
