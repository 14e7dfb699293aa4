"""What is known, as frozen facts: the only thing a rule ever sees. Nothing here knows where a fact came from.

A fact is a named tuple, so that 87,000 of them cost little. Dates are civil dates, Europe/London; moments are UTC.
"""
