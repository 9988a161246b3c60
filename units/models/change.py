from django.db import models


class Change(models.Model):
    """Marks that something which pages show was written; the database does it by itself, by
    triggers (units/freshness.py), and nothing else writes here.

    SQLite has one writer at a time: the one row gets a new token. PostgreSQL adds a row, as several
    transactions writing the same row would wait for each other.
    """

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = "dấu thay đổi"
        verbose_name_plural = "dấu thay đổi"

    def __str__(self) -> str:
        return self.token
