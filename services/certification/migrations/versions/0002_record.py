"""Holds, lifetime emeritus, claims with their evidence, expert numbers, and how far the daily job has come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "certification_0002"
down_revision = "certification_0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add them; rebuild the projections `status`, `reviews` and `experts` afterwards where there is data."""
    op.add_column("certification_status", sa.Column("lifetime_from", sa.Date(), nullable=True))
    op.add_column("certification_status", sa.Column("reason", sa.String(length=100), nullable=True))
    op.create_table(
        "certification_holds",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    _claims()
    _experts()
    op.create_table(
        "job_days",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("done_through", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("job"),
    )


def _claims() -> None:
    op.create_table(
        "credit_claims",
        sa.Column("claim_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=100), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("claim_id"),
    )
    op.create_index("credit_claims_candidate", "credit_claims", ["candidate_id"], unique=False)
    op.create_index("credit_claims_queue", "credit_claims", ["status", "submitted_on", "claim_id"], unique=False)
    op.create_table(
        "credit_fates",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "item", "completed_on"),
    )
    op.create_table(
        "credit_enrolments",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "claim_evidence",
        sa.Column("evidence_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("claim_id", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("attached_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    op.create_index("ix_claim_evidence_candidate_id", "claim_evidence", ["candidate_id"], unique=False)
    op.create_index("ix_claim_evidence_claim_id", "claim_evidence", ["claim_id"], unique=False)
    op.create_table(
        "claim_evidence_pieces",
        sa.Column("evidence_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", "number"),
    )


def _experts() -> None:
    op.create_table(
        "expert_numbers",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "series"),
    )
    op.create_table(
        "expert_numbers_waiting",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "series"),
    )
    op.create_index(
        "expert_numbers_waiting_order", "expert_numbers_waiting", ["earned_on", "candidate_id"], unique=False
    )
    op.create_table(
        "expert_days",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("first_expert_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "emeritus_applications",
        sa.Column("application_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("fee_usd", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index("ix_emeritus_applications_candidate_id", "emeritus_applications", ["candidate_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    for table in (
        "job_days", "emeritus_applications", "expert_days", "expert_numbers_waiting", "expert_numbers",
        "claim_evidence_pieces", "claim_evidence", "credit_enrolments", "credit_fates", "credit_claims",
        "certification_holds",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("certification_status", "reason")
    op.drop_column("certification_status", "lifetime_from")
