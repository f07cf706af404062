"""Records that stand for others."""

import sqlalchemy as sa
from alembic import op

revision = "fulfillment_0005"
down_revision = "fulfillment_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "aliases",
        sa.Column("alias", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("alias"),
    )
    op.create_index("aliases_candidate", "aliases", ["candidate_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("aliases")
