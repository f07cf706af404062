"""What fulfillment decides about kits; plain Python only."""
