"""What can be said of rule files by looking: one kind of finding a file."""
