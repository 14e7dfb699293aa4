"""The pieces that several statements are made of."""
