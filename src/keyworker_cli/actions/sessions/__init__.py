"""Recording sessions, correcting them, and the actions that follow."""
