"""Records that can be added and read, as the models of plans and reports know them."""

from units.models.append_only import AppendOnly, AppendOnlyQuerySet, HistoryIsKept

__all__ = ["AppendOnly", "AppendOnlyQuerySet", "HistoryIsKept"]
