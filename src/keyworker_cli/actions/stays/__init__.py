"""Arrivals, moves, departures, merges and the roll."""
