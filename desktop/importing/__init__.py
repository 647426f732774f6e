"""The import wizard: a file on its way in, step by step; nothing is written before the person presses Import."""
