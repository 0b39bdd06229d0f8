"""The chat, built with gradio; this is the only module that imports it."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from fastapi import FastAPI

from assistant.answer import Language
from assistant.web.chat import Chat, Step
from assistant.web.limiter import TOO_OFTEN
from assistant.web.page_language import chosen
from assistant.web.texts import Texts

_AT_ONCE = 24
_WAITING = 100
# The texts of gradio’s own parts.
_WORDS = ("question", "placeholder", "send", "stop", "conversation", "answer")


def mount_chat(app: FastAPI, chat: Chat, texts: Texts) -> None:
    """Mounts the chat at the root of the app; routes declared before it win."""
    # Read once, when gradio is imported: no telemetry, no look-up of other hosts.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    gr = _gradio()
    i18n = _words(gr, texts)

    async def mount() -> None:
        gr.mount_gradio_app(
            app,
            _blocks(gr, chat, texts, i18n),
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
            i18n=i18n,
        )

    # Where no event loop runs, gradio opens one for each of its locks and closes none of them;
    # a thread can have one whatever the caller's runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(mount())).result()


def _gradio() -> Any:
    """gradio, imported in half the time where its present version allows that.

    On import it parses the sources of its 80 components again, to write stubs for editors; it
    skips a component without a source file, so for that one caller no component has one. And it
    loads mcp if that is installed, which this page has no use for. Where a later gradio does
    otherwise, the import is that of gradio alone.
    """
    with suppress(Exception), _without_stubs(), _without("mcp"):
        return importlib.import_module("gradio")
    for name in [name for name in sys.modules if name.split(".")[0] == "gradio"]:
        del sys.modules[name]
    return importlib.import_module("gradio")


@contextmanager
def _without_stubs() -> Iterator[None]:
    real = inspect.getfile

    def getfile(object: Any) -> str:
        if sys._getframe(1).f_code.co_name == "create_or_modify_pyi":
            raise OSError("no stubs")
        return real(object)

    try:
        inspect.getfile = getfile
        yield
    finally:
        inspect.getfile = real


@contextmanager
def _without(library: str) -> Iterator[None]:
    """As if a library were not installed, unless it is already in use."""
    if library in sys.modules:
        yield
        return
    try:
        # What Python documents for a module that shall not be found.
        sys.modules[library] = None  # type: ignore[assignment]
        yield
    finally:
        del sys.modules[library]


def _blocks(gr: Any, chat: Chat, texts: Texts, i18n: Any) -> Any:
    with gr.Blocks(title=texts("title"), analytics_enabled=False, fill_width=True) as blocks:
        conversation = _conversation(gr, i18n)
        with gr.Column(elem_id="composer"), gr.Row(elem_id="ask"):
            gr.Textbox(
                label=i18n("question"),
                placeholder=i18n("placeholder"),
                lines=1,
                max_lines=6,
                elem_id="question",
                container=True,
                scale=1,
            )
            gr.Button(i18n("send"), variant="primary", elem_id="send", scale=0)
            gr.Button(i18n("stop"), elem_id="stop", scale=0)
        # What the page's scripts and the server tell each other. Nobody sees or reaches it.
        with gr.Column(elem_id="wire"):
            order = gr.Textbox(label=i18n("question"), max_lines=1, elem_id="order")
            record = gr.Textbox(label=i18n("answer"), max_lines=1, elem_id="record")
            controls = [gr.Button("", elem_id=f"do-{name}") for name in ("ask", "show")]
        _wire(gr, chat, controls, order, [conversation, record])
    blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return blocks


def _conversation(gr: Any, i18n: Any) -> Any:
    return gr.Chatbot(
        label=i18n("conversation"),
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


def _wire(gr: Any, chat: Chat, controls: list[Any], order: Any, outputs: list[Any]) -> None:
    ask, show = controls

    def answer(sent: str, request: Any) -> Iterator[Step]:
        wait = request.headers.get(TOO_OFTEN, "")
        yield from chat.answered(sent, chosen(request.cookies), wait)

    # gradio hands over what it recognises by its type, and is only known here by now.
    answer.__annotations__["request"] = gr.Request
    private = {"api_visibility": "private", "show_progress": "hidden"}
    # The scripts see to it that one question is asked at a time; left to gradio, one that was
    # stopped would stand in the way of the next.
    asking = ask.click(
        answer, [order], outputs, concurrency_id="ask", trigger_mode="multiple", **private
    )
    # Another conversation, or the same without the question that was stopped. In one handler,
    # gradio would stop questions only after showing: also one that was asked in the meantime.
    show.click(None, cancels=[asking])
    show.click(chat.shown, [order], outputs, queue=False, trigger_mode="multiple", **private)


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
    """The words of gradio's parts, and what it says itself; the frame makes it choose ours."""

    def words(language: Language) -> dict[str, str]:
        own = {key: texts(key, language) for key in _WORDS}
        return own | {
            "chatbot.copy_message": texts("copy", language),
            "chatbot.copied_message": texts("copied", language),
            "status.loading": texts("loading", language),
        }

    return gr.I18n(fr=words("fr"), en=words("en"))
