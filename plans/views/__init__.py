"""A view reads: fetch (`visible_to`) → form → act → message → redirect."""
