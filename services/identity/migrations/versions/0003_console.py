"""Candidates found by name, country and certification; the audit trail of the console."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "identity_0003"
down_revision = "identity_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "name_words",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=40).with_variant(postgresql.VARCHAR(40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("candidate_id", "number"),
    )
    op.create_index("name_words_word", "name_words", ["word", "candidate_id"])
    op.create_table(
        "held_certifications",
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", "certification"),
    )
    op.create_index("held_certifications_certification", "held_certifications", ["certification", "candidate_id"])
    op.create_table(
        "accesses",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("sealed_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("accesses_at", "accesses", ["at", "entry_id"])
    op.create_index("accesses_about", "accesses", ["about", "at"])
    op.create_index("accesses_by", "accesses", ["by", "at"])
    op.create_index("profiles_country", "profiles", ["country"])
    op.create_index("profiles_name", "profiles", ["name", "candidate_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("profiles_name", "profiles")
    op.drop_index("profiles_country", "profiles")
    op.drop_table("accesses")
    op.drop_table("held_certifications")
    op.drop_table("name_words")
