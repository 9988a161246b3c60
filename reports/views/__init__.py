"""A request → what it asks for: fetch what the person may see, form, act, message, page."""
