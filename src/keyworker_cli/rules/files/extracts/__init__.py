"""What a prison already has, as it is: official extracts and a unit's own lists, read into kw's own records."""
