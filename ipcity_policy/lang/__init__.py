"""The language of conditions. It knows nothing of measures."""
