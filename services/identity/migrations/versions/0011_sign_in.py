"""Authenticators, passkeys, challenges that were answered, and how each session was opened."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0011"
down_revision = "identity_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "authenticators",
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "passkeys",
        sa.Column("passkey_id", sa.String(length=1400), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("passkey_id"),
    )
    op.create_index("passkeys_account", "passkeys", ["account_id", "registered_at"], unique=False)
    op.create_table(
        "used_challenges",
        sa.Column("challenge_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash"),
    )
    op.create_index("used_challenges_until", "used_challenges", ["until"], unique=False)
    op.add_column("sessions", sa.Column("opened_by", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("sessions", "opened_by")
    op.drop_table("used_challenges")
    op.drop_table("passkeys")
    op.drop_table("authenticators")
