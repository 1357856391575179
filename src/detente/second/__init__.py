"""What a second coder is asked, and which of its claims are taken: those that quote the text."""
