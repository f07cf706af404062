"""What verification decides about transcripts and codes; plain Python only."""
