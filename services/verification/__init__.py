"""Owns what candidates show to others: transcripts and their links, and the verification codes of certifications."""
