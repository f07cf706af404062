"""Records that stand for others."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0008"
down_revision = "certification_0007"
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
    op.create_table(
        "joined_evidence",
        sa.Column("absorbed_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("absorbed_id"),
    )
    op.add_column("recorded_candidates", sa.Column("last", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("recorded_candidates", "last")
    op.drop_table("joined_evidence")
    op.drop_table("aliases")
