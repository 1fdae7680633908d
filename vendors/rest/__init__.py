"""What every `api.py` is made of: problems, pages of lists, scoped keys, the schema. It knows no object of ours."""
