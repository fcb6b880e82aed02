"""What is said of the answers: prose, reports made of blocks, charts, forms."""
