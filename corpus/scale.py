"""What the cosines of an encoder mean, so that weights set with one encoder hold for another.

The weights of the ranking and of the confidence were set with the cosines of the default encoder.
Those of another one are stretched so that texts that have nothing in common, and texts that have
much, get what the default encoder gives them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.encoder import Encoder
from corpus.manifest import Scale

# Measured on the five guides with the default encoder by `measured`.
DEFAULT = Scale(-0.024, 0.456)
_SAMPLE = 64
# Too few texts tell nothing of an encoder.
_LEAST = 8


def scaled(hits: Sequence[tuple[str, float]], scale: Scale | None) -> list[tuple[str, float]]:
    """Hits with their cosines as the default encoder would give them."""
    if scale is None:
        return list(hits)
    stretch = (DEFAULT.alike - DEFAULT.unrelated) / (scale.alike - scale.unrelated)
    return [
        (identity, DEFAULT.unrelated + (cosine - scale.unrelated) * stretch)
        for identity, cosine in hits
    ]


def measured(encoder: Encoder, pairs: Sequence[tuple[str, str]]) -> Scale | None:
    """The scale of an encoder on pairs of a sentence and the passage that it stands in.

    The sentence, asked as a question, and its own passage are alike; the other passages are not.
    None if there are too few pairs to tell, or if the encoder does not part them.
    """
    if len(pairs) < _LEAST:
        return None
    places = np.linspace(0, len(pairs) - 1, min(_SAMPLE, len(pairs))).astype(int)
    chosen = [pairs[place] for place in places]
    asked = encoder.queries([sentence for sentence, _ in chosen])
    cosines = asked @ encoder.passages([passage for _, passage in chosen]).T
    alike = float(np.median(np.diagonal(cosines)))
    unrelated = float(np.median(cosines[~np.eye(len(chosen), dtype=bool)]))
    return Scale(unrelated, alike) if alike > unrelated else None
