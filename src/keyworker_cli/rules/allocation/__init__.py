"""Who should be whose key worker."""
