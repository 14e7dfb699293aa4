"""Write use cases: check the rule, make the change, say what was done."""
