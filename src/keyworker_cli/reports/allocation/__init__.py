"""Who has no key worker, and who is recommended."""
