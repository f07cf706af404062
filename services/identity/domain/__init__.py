"""What the identity service decides; plain Python only."""
