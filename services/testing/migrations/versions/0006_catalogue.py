"""The catalogue that certification has activated."""

import sqlalchemy as sa
from alembic import op

revision = "testing_0006"
down_revision = "testing_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; `certtrack rebuild testing catalogue` fills it."""
    op.create_table(
        "catalogue_in_force",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("catalogue_in_force")
