"""Changed catalogues, what they say, and how far their jobs have come."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0007"
down_revision = "certification_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "catalogue_changes",
        sa.Column("change_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("changed", sa.String(length=200), nullable=False),
        sa.Column("handed_in_by", sa.String(length=60), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("activated_on", sa.Date(), nullable=True),
        sa.Column("activation", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_table(
        "catalogue_tables",
        sa.Column("change_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", "name"),
    )
    op.create_table(
        "catalogue_jobs",
        sa.Column("change_id", sa.String(length=60), nullable=False),
        sa.Column("job", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=60), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", "job"),
    )
    op.create_table(
        "catalogue_differences",
        sa.Column("change_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("certification", sa.String(length=80), nullable=False),
        sa.Column("before", sa.String(length=80), nullable=True),
        sa.Column("after", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("change_id", "candidate_id", "certification"),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("catalogue_differences", "catalogue_jobs", "catalogue_tables", "catalogue_changes"):
        op.drop_table(table)
