"""The rules of key work: pure functions from facts to findings. No clock, no database, no printing."""
