"""Findings -> Brief -> text, Markdown, HTML, JSON."""
