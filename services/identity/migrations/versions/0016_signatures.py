"""What each key signs with, and what each program's ID tokens are signed with."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0016"
down_revision = "identity_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; until now there was one signature."""
    op.add_column(
        "signing_keys", sa.Column("algorithm", sa.String(length=10), nullable=False, server_default="Ed25519")
    )
    op.add_column(
        "oauth_clients", sa.Column("signed_by", sa.String(length=10), nullable=False, server_default="Ed25519")
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("oauth_clients", "signed_by")
    op.drop_column("signing_keys", "algorithm")
