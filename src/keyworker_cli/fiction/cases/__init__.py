"""What is written by hand: the small prison that stands in every larger one, and the cases with known answers."""
