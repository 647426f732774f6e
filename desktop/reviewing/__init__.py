"""Review in the window: the page of what waits for somebody's decision, and the merge of two records."""
