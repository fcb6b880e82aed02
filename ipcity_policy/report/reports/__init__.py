"""What is said of each noun, as blocks: one file a noun."""
