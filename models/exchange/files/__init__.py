"""Files in: what a file is, and the raw cells of its sheets. Workbooks are read by a process of their own."""
