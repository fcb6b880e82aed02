"""Texts and places in them, what is wrong there, and what is said of it."""
