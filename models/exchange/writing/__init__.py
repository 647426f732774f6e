"""Spreadsheets out: exports, workbooks, templates, their styles and writers."""
