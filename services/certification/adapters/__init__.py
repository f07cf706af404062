"""Where certification meets what it does not own: the programme's catalogue and files with histories."""
