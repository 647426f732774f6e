"""What must hold across fields and rows."""
