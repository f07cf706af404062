"""The benchmarks: each figure beside the raw limit of the same machine, and beside a peer where one exists."""
