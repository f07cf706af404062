"""Kits that are on their way, for which an erasure waits."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0018"
down_revision = "identity_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "open_kits",
        sa.Column("kit_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("kit_id"),
    )
    op.create_index("open_kits_candidate", "open_kits", ["candidate_id", "until"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("open_kits")
