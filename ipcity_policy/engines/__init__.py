"""The ways to give a Program its meaning."""
