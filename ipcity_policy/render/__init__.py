"""Saying it to someone."""
