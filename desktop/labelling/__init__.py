"""The page of labels: what is printed, on which printers, on which stocks, by which designs."""
