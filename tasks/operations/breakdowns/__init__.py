"""任务分解: a paper is taken apart, its drafts are looked at by people, its clauses settled, its tasks issued (C1)."""
