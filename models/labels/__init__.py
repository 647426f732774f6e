"""What is printed: symbols, stocks and designs; a label becomes shapes in millimetres, whoever paints them."""
