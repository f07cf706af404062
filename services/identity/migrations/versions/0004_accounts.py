"""Accounts with confirmation and locks, histories of log-ins, devices of sessions."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0004"
down_revision = "identity_0003"
branch_labels = None
depends_on = "chassis_0001"

KNOWN = """
INSERT INTO accounts (account_id, candidate_id, registered_at, confirmed, mapped, locked)
SELECT profiles.candidate_id, profiles.candidate_id, events.recorded_at, true, true, false
FROM profiles JOIN events ON events.stream = 'account-' || profiles.candidate_id AND events.name = 'account-registered'
"""
"""Whoever has an account already logs in as before; `certtrack rebuild identity accounts` gives the exact moments."""


def upgrade() -> None:
    """Create the tables, and take the accounts that are there into the new one."""
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("mapped", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("accounts_candidate", "accounts", ["candidate_id"], unique=False)
    op.create_index("accounts_unconfirmed", "accounts", ["confirmed", "registered_at"], unique=False)
    op.execute(KNOWN)
    op.create_table(
        "failed_attempts",
        sa.Column("attempt_id", sa.String(length=60), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id"),
    )
    op.create_index("failed_attempts_network", "failed_attempts", ["network", "at"], unique=False)
    op.create_table(
        "log_ins",
        sa.Column("entry_id", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("log_ins_account", "log_ins", ["account_id", "at"], unique=False)
    op.create_index("log_ins_at", "log_ins", ["at"], unique=False)
    op.add_column("sessions", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sessions", sa.Column("device", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("sessions", "device")
    op.drop_column("sessions", "started_at")
    op.drop_table("log_ins")
    op.drop_table("failed_attempts")
    op.drop_table("accounts")
