"""Ordered kits are found by the day until which they were promised."""

from alembic import op

revision = "fulfillment_0004"
down_revision = "fulfillment_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    op.create_index("fulfillment_kits_promise", "fulfillment_kits", ["status", "promise_until"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("fulfillment_kits_promise", "fulfillment_kits")
