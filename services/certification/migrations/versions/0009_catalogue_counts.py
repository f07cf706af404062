"""How many certifications of how many candidates a preview has found to differ."""

import sqlalchemy as sa
from alembic import op

revision = "certification_0009"
down_revision = "certification_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both, at nothing for previews of before."""
    op.add_column("catalogue_jobs", sa.Column("titles", sa.Integer(), server_default="0", nullable=False))
    op.add_column("catalogue_jobs", sa.Column("people", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("catalogue_jobs", "people")
    op.drop_column("catalogue_jobs", "titles")
