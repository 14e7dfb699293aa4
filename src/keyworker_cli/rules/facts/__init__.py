"""What is known, as frozen facts: the only thing a rule ever sees. Dates are Europe/London's, moments UTC."""
