"""Shapes become ink: preview, printer, PDF and pictures, all by one painter."""
