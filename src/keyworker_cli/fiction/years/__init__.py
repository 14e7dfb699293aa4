"""What is left to chance: the years of a larger prison, one day after the other (help: fictional-prison)."""
