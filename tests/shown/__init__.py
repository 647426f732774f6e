"""What the pictures show, one module for each part of the window: `take(photographer)`."""
