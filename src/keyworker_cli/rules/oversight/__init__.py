"""Compliance, freshness of the records, and what is wrong with a database."""
