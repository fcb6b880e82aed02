"""Where things are written, and how we point at them."""
