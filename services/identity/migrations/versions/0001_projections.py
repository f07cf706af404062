"""The projections of identity."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "identity_0001"
down_revision = None
branch_labels = ("identity",)
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "candidate_keys",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "credentials",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "email_lookups",
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("email_hash"),
        sa.UniqueConstraint("candidate_id"),
    )
    op.create_table(
        "partner_marks",
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("partition", sa.SmallInteger(), nullable=False),
        sa.Column("epoch", sa.String(length=26), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("partner", "generation", "source", "partition"),
    )
    op.create_table(
        "partners",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("events", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "profiles",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("address", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_index("sessions_candidate", "sessions", ["candidate_id"], unique=False)
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kid"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("signing_keys")
    op.drop_table("sessions")
    op.drop_table("profiles")
    op.drop_table("partners")
    op.drop_table("partner_marks")
    op.drop_table("email_lookups")
    op.drop_table("credentials")
    op.drop_table("candidate_keys")
