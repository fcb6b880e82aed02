"""Fact sheets: what is stated of one subject, read and held against the vocabulary."""
