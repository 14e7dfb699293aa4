"""Reading files: which there are, and the rows of each, whatever it was saved as."""
