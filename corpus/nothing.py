"""What stands for an index before the first ingestion: a store and a manifest of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.encoder import Vectors
from corpus.manifest import FORMAT, Manifest


class NoStore:
    """A store in which nothing is kept."""

    def read(self, name: str, guide: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """See VectorStore."""
        return iter(())

    def record(self, name: str, identity: str) -> dict[str, Any] | None:
        """See VectorStore."""
        return None

    def nearest(self, name: str, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """See VectorStore."""
        return []

    def close(self) -> None:
        """See VectorStore."""


def no_manifest(encoder: str) -> Manifest:
    """The manifest of no ingestion: every generation is a newer one."""
    return Manifest(FORMAT, encoder, "", "", "", (), {})
