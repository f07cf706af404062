"""What an operator runs: set-up, supervisor, demo programme and the `certtrack` command."""
