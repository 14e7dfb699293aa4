"""What is around a run: its streams, what stops it, and what its user has set for every run."""
