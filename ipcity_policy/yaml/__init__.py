"""YAML files: read with places, held against a schema, fixed, and written in one form."""
