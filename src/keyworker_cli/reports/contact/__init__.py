"""Who has not been seen, who has never met their key worker, and why one prisoner is listed."""
