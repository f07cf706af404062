"""Records made by bookings, who opens them, programme numbers, and the required personal data."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0008"
down_revision = "identity_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and columns; accounts that are mapped already keep their records."""
    op.create_table(
        "record_owners",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.execute(
        "INSERT INTO record_owners (candidate_id, account_id)"
        " SELECT candidate_id, account_id FROM accounts WHERE mapped"
    )
    op.create_table(
        "csco_ids",
        sa.Column("csco_id", sa.String(length=12), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("csco_id"),
        sa.UniqueConstraint("candidate_id"),
    )
    op.create_table(
        "provider_ids",
        sa.Column("vue_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("vue_hash"),
        sa.UniqueConstraint("candidate_id"),
    )
    op.create_table(
        "shells",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("csco_id", sa.String(length=12), nullable=False),
        sa.Column("vue_id", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("first_booked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_index("shells_email", "shells", ["email"], unique=False)
    op.add_column("accounts", sa.Column("mapping_reason", sa.String(length=40), nullable=True))
    op.add_column("profiles", sa.Column("csco_id", sa.String(length=12), nullable=True))
    op.add_column("profiles", sa.Column("birth_date", sa.Text(), nullable=True))
    op.add_column("profiles", sa.Column("wants_news", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("wants_news", "birth_date", "csco_id"):
        op.drop_column("profiles", name)
    op.drop_column("accounts", "mapping_reason")
    for table in ("shells", "provider_ids", "csco_ids", "record_owners"):
        op.drop_table(table)
