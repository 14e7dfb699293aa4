"""What the case notes say, and how well."""
