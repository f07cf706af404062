"""Where testing meets what it does not own: the exam catalogue."""
