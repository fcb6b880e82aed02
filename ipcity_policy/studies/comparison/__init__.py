"""Two versions on the same sheets: what moves, and by which clause."""
