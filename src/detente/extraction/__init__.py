"""Document -> Extraction: the only place that knows spaCy."""
