"""What is said in the languages of the reader: sentences, numerals, days, lines."""
