"""Sentences about one thing: a rule, a verdict, a position, the law over time."""
