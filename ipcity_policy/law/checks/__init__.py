"""From a version as written to a Program: the checks, one kind of entry a file."""
