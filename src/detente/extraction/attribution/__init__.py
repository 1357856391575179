"""According to whom: sources, cues, content, and chains of them."""
