"""What a write may change, each change with its line in the audit."""
