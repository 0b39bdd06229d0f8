"""The chat, built with gradio; this is the only module that imports it."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from fastapi import FastAPI

from assistant.answer import Exchange
from assistant.web.chat import Chat, Turn
from assistant.web.texts import Texts

_STEP_SECONDS = 0.06
_AT_ONCE = 24
_WAITING = 100

Update = tuple[list[Turn], list[Exchange], Any, Any, Any, Any]


def mount_chat(app: FastAPI, chat: Chat, texts: Texts) -> None:
    """Mounts the chat at the root of the app; routes declared before it win."""
    # Read once, when gradio is imported: no telemetry, no look-up of other hosts.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    gr = _gradio()

    async def mount() -> None:
        gr.mount_gradio_app(
            app,
            _blocks(gr, chat, texts),
            path="/",
            theme=_theme(gr),
            footer_links=[],
            run_history=False,
            show_error=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            max_file_size=1,
            app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
            i18n=_words(gr, texts),
        )

    # Where no event loop runs, gradio opens one for each of its locks and closes none of them;
    # a thread can have one whatever the caller's runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(mount())).result()


def _gradio() -> Any:
    """gradio, imported in half the time where its present version allows that.

    On import it parses the sources of its 80 components again, to write stubs for editors. It
    skips a component without a source file, so for that one caller no component has one. Where
    a later gradio does otherwise, the import is that of gradio alone.
    """
    real = inspect.getfile

    def getfile(object: Any) -> str:
        if sys._getframe(1).f_code.co_name == "create_or_modify_pyi":
            raise OSError("no stubs")
        return real(object)

    with suppress(Exception):
        try:
            inspect.getfile = getfile
            return importlib.import_module("gradio")
        finally:
            inspect.getfile = real
    for name in [name for name in sys.modules if name.split(".")[0] == "gradio"]:
        del sys.modules[name]
    return importlib.import_module("gradio")


def _blocks(gr: Any, chat: Chat, texts: Texts) -> Any:
    with gr.Blocks(title=texts("title"), analytics_enabled=False, fill_width=True) as blocks:
        exchanges = gr.State([])
        conversation = _conversation(gr, texts)
        gr.Markdown(f"## {texts('greeting')}", elem_id="greeting")
        with gr.Column(elem_id="composer"):
            notice = gr.Markdown("", elem_id="notice", visible="hidden")
            with gr.Row(elem_id="ask"):
                box = gr.Textbox(
                    label=texts("question"),
                    placeholder=texts("placeholder"),
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    container=True,
                    scale=1,
                )
                send = gr.Button(texts("send"), variant="primary", elem_id="send", scale=0)
                stop = gr.Button(texts("stop"), elem_id="stop", scale=0, visible="hidden")
            fresh = gr.Button(texts("fresh"), elem_id="fresh", size="sm")
        with gr.Column(elem_id="starters"):
            gr.Markdown(texts("starters_label"), elem_id="starters-label")
            starters = [
                gr.Button(words, elem_classes=["starter"], size="md") for words in texts.starters
            ]
        outputs = [conversation, exchanges, box, notice, send, stop]
        _wire(gr, chat, texts, (box, send, stop, fresh), starters, exchanges, outputs)
    blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return blocks


def _conversation(gr: Any, texts: Texts) -> Any:
    return gr.Chatbot(
        label=texts("conversation"),
        show_label=False,
        container=False,
        elem_id="chat",
        height=None,
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        layout="panel",
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        group_consecutive_messages=False,
        allow_file_downloads=False,
    )


def _wire(
    gr: Any,
    chat: Chat,
    texts: Texts,
    controls: tuple[Any, Any, Any, Any],
    starters: list[Any],
    exchanges: Any,
    outputs: list[Any],
) -> None:
    box, send, stop, fresh = controls

    def respond(question: str, past: list[Exchange]) -> Iterator[Update]:
        yield from _respond(gr, chat, question, past)

    private = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "ask"}
    asking = [gr.on([box.submit, send.click], respond, [box, exchanges], outputs, **private)]
    asking += [start.click(respond, [start, exchanges], outputs, **private) for start in starters]

    def halted(past: list[Exchange]) -> Update:
        notice = gr.update(value=texts("stopped"), visible=True)
        return (chat.turns(past), past, gr.update(), notice, *_buttons(gr, busy=False))

    def cleared() -> Update:
        hidden = gr.update(value="", visible="hidden")
        return ([], [], "", hidden, *_buttons(gr, busy=False))

    quick = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    stop.click(halted, [exchanges], outputs, cancels=asking, **quick)
    fresh.click(cleared, None, outputs, cancels=asking, **quick)


def _respond(gr: Any, chat: Chat, question: str, past: list[Exchange]) -> Iterator[Update]:
    refusal = chat.refusal(question)
    if refusal:
        notice = gr.update(value=refusal, visible=True)
        yield (chat.turns(past), past, gr.update(), notice, *_buttons(gr, busy=False))
        return
    quiet = gr.update(value="", visible="hidden")
    yield (chat.turns(past, question), past, "", quiet, *_buttons(gr, busy=True))
    for step, kept in chat.answer(question, past):
        shown = chat.turns(past, question, step)
        yield (shown, kept, gr.update(), quiet, *_buttons(gr, busy=True))
        time.sleep(_STEP_SECONDS)
    yield (gr.update(), gr.update(), gr.update(), quiet, *_buttons(gr, busy=False))


def _buttons(gr: Any, busy: bool) -> tuple[Any, Any]:
    return (
        gr.update(visible="hidden" if busy else True),
        gr.update(visible=True if busy else "hidden"),
    )


def _theme(gr: Any) -> Any:
    """Every colour is a variable of style.css, so that one file holds the look of the page."""
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--quiet)",
        "background_fill_primary": "var(--paper)",
        "background_fill_secondary": "var(--paper)",
        "block_background_fill": "var(--paper)",
        "border_color_primary": "var(--line)",
        "input_background_fill": "var(--sheet)",
        "input_border_color": "var(--line)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--quiet)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_background_fill_hover": "var(--accent-strong)",
        "button_primary_text_color": "var(--on-accent)",
        "button_secondary_background_fill": "var(--sheet)",
        "button_secondary_background_fill_hover": "var(--tint)",
        "button_secondary_text_color": "var(--ink)",
        "link_text_color": "var(--accent)",
        "link_text_color_hover": "var(--accent-strong)",
        "link_text_color_visited": "var(--accent)",
        "link_text_color_active": "var(--accent)",
    }
    both = colours | {f"{name}_dark": value for name, value in colours.items()}
    fonts = ["Source Sans Pro", "system-ui", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"]).set(**both)


def _words(gr: Any, texts: Texts) -> Any:
    """French for what gradio says itself; the page's script makes it choose French."""
    return gr.I18n(
        fr={
            "chatbot.copy_message": texts("copy"),
            "chatbot.copied_message": texts("copied"),
            "status.loading": texts("loading"),
        }
    )
