"""Read use cases: a question to the store, a rule over the answer, and a `Report` that any renderer can show."""
