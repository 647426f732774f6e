"""Tables on sheets: where the headings are, where rows begin and end, what stands around them."""
