"""YAML files: read with places, held against a schema, mended, and written in one form."""
