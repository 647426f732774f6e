"""What a value is: its kinds, its fields, and what can be wrong with it."""
