"""What a measure says, before anyone applies it."""
