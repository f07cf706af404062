"""Appointments, receipts, seats, challenges, sanctions, names, score reports; more columns in the history."""

import sqlalchemy as sa
from alembic import op

revision = "testing_0002"
down_revision = "testing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "testing_appointments",
        sa.Column("appointment_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("provider_reference", sa.String(length=120), nullable=True),
        sa.Column("exam", sa.String(length=40), nullable=False),
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("site_name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("session", sa.String(length=80), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("payment_due_on", sa.Date(), nullable=True),
        sa.Column("refunded", sa.Boolean(), nullable=True),
        sa.Column("accommodations", sa.Text(), nullable=False),
        sa.Column("instead_of", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    op.create_index("testing_appointments_candidate", "testing_appointments", ["candidate_id", "starts_at"])
    op.create_index("testing_appointments_day", "testing_appointments", ["starts_on", "site"])
    op.create_index("testing_appointments_due", "testing_appointments", ["status", "payment_due_on"])
    op.create_table(
        "testing_challenge_messages",
        sa.Column("challenge_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_id", "number"),
    )
    op.create_table(
        "testing_challenges",
        sa.Column("challenge_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("matter_kind", sa.String(length=20), nullable=False),
        sa.Column("matter_id", sa.String(length=40), nullable=False),
        sa.Column("exam", sa.String(length=40), nullable=True),
        sa.Column("question", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.Date(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=60), nullable=True),
        sa.Column("proposed_upheld", sa.Boolean(), nullable=True),
        sa.Column("proposed_remedy", sa.String(length=20), nullable=True),
        sa.Column("proposed_outcome", sa.String(length=20), nullable=True),
        sa.Column("proposed_score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("challenge_id"),
    )
    op.create_index("testing_challenges_candidate", "testing_challenges", ["candidate_id", "opened_at"])
    op.create_index("testing_challenges_queue", "testing_challenges", ["status", "answer_until"])
    op.create_table(
        "testing_file_parts",
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "number"),
    )
    op.create_table(
        "testing_files",
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.String(length=40), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file_id"),
    )
    op.create_index("testing_files_challenge", "testing_files", ["challenge_id"])
    op.create_table(
        "testing_free_retakes",
        sa.Column("challenge_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("exam", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("challenge_id"),
    )
    op.create_index("testing_free_retakes_candidate", "testing_free_retakes", ["candidate_id"])
    op.create_table(
        "testing_names",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id"),
    )
    op.create_table(
        "testing_receipts",
        sa.Column("receipt_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("order_number", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("exam", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.String(length=60), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("receipt_id"),
    )
    op.create_index("testing_receipts_candidate", "testing_receipts", ["candidate_id", "paid_at"])
    op.create_index("testing_receipts_paid", "testing_receipts", ["paid_at"])
    op.create_table(
        "testing_sanctions",
        sa.Column("sanction_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("imposed_on", sa.Date(), nullable=False),
        sa.Column("imposed_by", sa.String(length=60), nullable=False),
        sa.Column("appeal_until", sa.Date(), nullable=False),
        sa.Column("result_id", sa.String(length=40), nullable=True),
        sa.Column("banned_until", sa.Date(), nullable=True),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sanction_id"),
    )
    op.create_index("testing_sanctions_candidate", "testing_sanctions", ["candidate_id", "imposed_on"])
    op.create_table(
        "testing_score_domains",
        sa.Column("result_id", sa.String(length=40), nullable=False),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("result_id"),
    )
    op.create_table(
        "testing_seats",
        sa.Column("session", sa.String(length=80), nullable=False),
        sa.Column("appointment_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("session", "appointment_id"),
    )
    op.create_table(
        "testing_skill_challenges",
        sa.Column("challenge_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("challenge_id"),
    )
    op.create_index("testing_skill_challenges_candidate", "testing_skill_challenges", ["candidate_id", "taken_on"])
    op.add_column("testing_history", sa.Column("language", sa.String(length=20), nullable=True))
    op.add_column("testing_history", sa.Column("delivery", sa.String(length=20), nullable=True))
    op.add_column("testing_history", sa.Column("site", sa.String(length=120), nullable=True))
    op.create_index("testing_history_exam", "testing_history", ["candidate_id", "exam", "taken_on"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("testing_history_exam", "testing_history")
    op.drop_column("testing_history", "site")
    op.drop_column("testing_history", "delivery")
    op.drop_column("testing_history", "language")
    op.drop_table("testing_skill_challenges")
    op.drop_table("testing_seats")
    op.drop_table("testing_score_domains")
    op.drop_table("testing_sanctions")
    op.drop_table("testing_receipts")
    op.drop_table("testing_names")
    op.drop_table("testing_free_retakes")
    op.drop_table("testing_files")
    op.drop_table("testing_file_parts")
    op.drop_table("testing_challenges")
    op.drop_table("testing_challenge_messages")
    op.drop_table("testing_appointments")
