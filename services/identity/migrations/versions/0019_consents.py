"""To what people have agreed for programs, so that they are not asked each time."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0019"
down_revision = "identity_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; whoever agreed before is asked once more."""
    op.create_table(
        "oauth_consents",
        sa.Column("consent_id", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.String(length=60), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consent_id"),
    )
    op.create_index("oauth_consents_candidate", "oauth_consents", ["candidate_id", "client_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("oauth_consents")
