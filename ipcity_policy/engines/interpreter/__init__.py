"""The reference: one Program, what is known of one subject, one decision, with reasons."""
