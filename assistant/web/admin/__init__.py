"""The maintainers' pages: guides, feedback, the last evaluation."""
