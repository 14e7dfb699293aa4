"""Slots, what became of them, and the key workers."""
