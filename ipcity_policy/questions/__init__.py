"""What is asked of the law: which version applies, what is known, what it rests on."""
