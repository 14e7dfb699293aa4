"""Who sees whom in the time there is, and what is to come."""
