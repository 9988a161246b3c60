"""Vietnamese conventions that know no model: text, numbers, dates (domain facts V1–V9)."""
