"""Five independent services; none imports another."""
