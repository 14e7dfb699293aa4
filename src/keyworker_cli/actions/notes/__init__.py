"""What a manager keeps of the notes that were read."""
