"""The codes of records, signals and findings, and how each is said."""
