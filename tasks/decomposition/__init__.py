"""任务分解: the text of a paper and the directory of units in, clauses and draft tasks out.

Pure Python: no Django, no database, no network. ``engine.decompose`` is the door; ``shapes`` says what comes out.
"""
