"""One prisoner's chronology."""
