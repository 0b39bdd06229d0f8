"""An answer as it grows."""

from __future__ import annotations

from dataclasses import replace

from assistant.assistant import Assistant


def test_without_a_model_the_answer_comes_in_one_step(assistant: Assistant) -> None:
    (whole,) = assistant.stream("Qui contacter pour une CPTS ?")
    asked = assistant.ask("Qui contacter pour une CPTS ?")
    assert replace(whole, elapsed_ms=0) == replace(asked, elapsed_ms=0)
    assert whole.usage is None
