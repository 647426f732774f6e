"""What people can do in the window: a file for each group of deeds, and one list of all of them."""
