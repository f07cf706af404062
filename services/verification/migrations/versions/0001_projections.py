"""The projections of verification."""

import sqlalchemy as sa
from alembic import op

revision = "verification_0001"
down_revision = None
branch_labels = ("verification",)
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "verification_addresses",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "verification_certifications",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("emeritus_until", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    op.create_table(
        "verification_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("verification_codes_candidate", "verification_codes", ["candidate_id"], unique=False)
    op.create_table(
        "verification_disclosures",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("transcript_id", sa.String(length=40), nullable=False),
        sa.Column("disclosure_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("verification_disclosures_candidate", "verification_disclosures", ["candidate_id"], unique=False)
    op.create_table(
        "verification_holders",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "verification_transcripts",
        sa.Column("transcript_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certifications", sa.Text(), nullable=True),
        sa.Column("include_expired", sa.Boolean(), nullable=False),
        sa.Column("show_dates", sa.Boolean(), nullable=False),
        sa.Column("show_address", sa.Boolean(), nullable=False),
        sa.Column("view_until", sa.Date(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("private_notes", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("transcript_id"),
    )
    op.create_index("verification_transcripts_candidate", "verification_transcripts", ["candidate_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("verification_transcripts")
    op.drop_table("verification_holders")
    op.drop_table("verification_disclosures")
    op.drop_table("verification_codes")
    op.drop_table("verification_certifications")
    op.drop_table("verification_addresses")
