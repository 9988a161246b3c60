"""Which years a plan, a document or a target may be of: a slip of the hand is told, not kept."""

from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = 1945, 2200
VALIDATORS = (MinValueValidator(FIRST), MaxValueValidator(LAST))
