"""The shapes of the files of a measure: which keys they have and what each means."""
