"""Log-ins at an outside provider that open accounts."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0013"
down_revision = "identity_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "sign_ons",
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash"),
        sa.UniqueConstraint("account_id"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sign_ons")
