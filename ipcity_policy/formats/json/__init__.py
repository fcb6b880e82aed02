"""Answers for machines, one noun a file; the schemas stand in `schemas/`."""
