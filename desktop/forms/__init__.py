"""From fields to editors, and the record page with its tabs."""
