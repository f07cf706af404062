"""Evidence beside cases."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0017"
down_revision = "identity_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "case_files",
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=60), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file_id"),
    )
    op.create_index("case_files_case", "case_files", ["case_id"], unique=False)
    op.create_index("case_files_owner", "case_files", ["owner"], unique=False)
    op.create_table(
        "case_file_parts",
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "number"),
    )
    op.add_column("case_messages", sa.Column("files", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("case_messages", "files")
    op.drop_table("case_file_parts")
    op.drop_table("case_files")
