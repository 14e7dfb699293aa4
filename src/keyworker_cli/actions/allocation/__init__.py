"""Allocating a key worker, and acknowledging it."""
