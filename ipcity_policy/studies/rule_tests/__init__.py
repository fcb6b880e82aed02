"""The rule tests that stand beside a measure: read, run, held against what was expected."""
