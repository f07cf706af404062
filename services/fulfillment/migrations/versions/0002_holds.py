"""Whether a certification is on hold."""

import sqlalchemy as sa
from alembic import op

revision = "fulfillment_0002"
down_revision = "fulfillment_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is on hold in what is there."""
    op.add_column(
        "fulfillment_standings", sa.Column("on_hold", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_column("fulfillment_standings", "on_hold")
