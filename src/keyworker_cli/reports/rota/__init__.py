"""The rota of a week, and the key workers."""
