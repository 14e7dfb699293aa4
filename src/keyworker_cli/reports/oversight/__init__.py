"""The audit, compliance, the settings and the state of the database."""
