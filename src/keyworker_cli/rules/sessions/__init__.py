"""Recording a session, amending it, and the actions that follow from it."""
