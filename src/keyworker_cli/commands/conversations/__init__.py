"""What commands ask on a terminal, one question at a time, and where the words of a note come from."""
