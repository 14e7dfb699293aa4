"""Where the time for key work went, and what was delivered."""
