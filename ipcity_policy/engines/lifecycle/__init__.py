"""*Lifecycle.* From the events of a subject to where it stands on a day."""
