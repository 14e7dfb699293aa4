"""Keeping a day's plan."""
