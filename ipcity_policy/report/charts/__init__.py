"""What is drawn: a value beside its limit, a time line; data, which the formats draw."""
