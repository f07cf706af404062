"""Whether a certification is on hold."""

import sqlalchemy as sa
from alembic import op

revision = "verification_0002"
down_revision = "verification_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is on hold in what is there."""
    op.add_column(
        "verification_certifications", sa.Column("on_hold", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_column("verification_certifications", "on_hold")
