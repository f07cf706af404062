"""Pictures of every page, for looking at and for the user guide (`make gallery`)."""
