"""Words and nothing else: two catalogs a language (`handout`, `staff`) and the table of languages.

Imports nothing and holds no code.
"""
