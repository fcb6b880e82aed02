"""Files to fill in: an empty sheet, its schema, proposed cases."""
