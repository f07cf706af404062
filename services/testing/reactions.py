"""Public events in, own commands out: exam results come from the test provider alone, so nothing is listened to."""
