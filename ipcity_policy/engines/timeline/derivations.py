"""The facts that follow from a history."""
