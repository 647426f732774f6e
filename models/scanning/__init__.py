"""What a scanner read: the code, what it is made of, what it names, what it tells Muster to do."""
