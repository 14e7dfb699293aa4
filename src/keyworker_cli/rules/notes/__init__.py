"""The quality of case notes: checks met and not met, never a grade."""
