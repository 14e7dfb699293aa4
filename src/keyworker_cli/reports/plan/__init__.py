"""Who is to be seen by whom, and what is to come."""
