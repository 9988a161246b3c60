"""One unit's report: from what it typed to plain content, and from content to a document."""
