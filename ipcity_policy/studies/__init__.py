"""What can be learned about a measure."""
