"""What people have let programs know."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0014"
down_revision = "identity_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; `certtrack rebuild identity grants` fills it."""
    op.create_table(
        "oauth_grants",
        sa.Column("grant_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("grant_id"),
    )
    op.create_index("oauth_grants_candidate", "oauth_grants", ["candidate_id", "client_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("oauth_grants")
