"""The HTML around the chat, and the page that stands in for it when there is no guide."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from assistant.web.texts import Texts
from corpus.catalogue import Known

_META = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>')
# gradio takes the browser's language; the page is in French whatever that is.
_FRENCH = """
for (const [name, value] of [["language", "fr"], ["languages", ["fr"]]])
  Object.defineProperty(navigator, name, { get: () => value });
"""


class Shell:
    """Writes the pages' frame: head, header, the panel's place."""

    def __init__(self, texts: Texts, limit: int) -> None:
        self._texts = texts
        words = {**texts.words["fr"], "limit": limit}
        # `<` would end the element it stands in.
        self._words = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")

    def rewrite(self, html: str, nonce: str) -> str:
        """gradio's index page in French, with our head, header and panel, and the nonce."""
        html = re.sub(r'<html\s+lang="en"', '<html lang="fr"', html, count=1)
        html = re.sub(r"<base [^>]*>", "", _META.sub("", html))
        html = html.replace('<link rel="manifest" href="/manifest.json" />', "")
        html = html.replace("<head>", f"<head><script>{_FRENCH}</script>", 1)
        html = html.replace("</head>", f"{self._head(script=True)}</head>", 1)
        html = html.replace("<gradio-app", f'{self._before()}<div id="layout"><gradio-app', 1)
        html = html.replace("</gradio-app>", f"</gradio-app>{self._after()}</div>", 1)
        return re.sub(r"<script(?![^>]*\bnonce=)", f'<script nonce="{nonce}"', html)

    def no_guides(self, known: Sequence[Known], folder: Path, there: Sequence[str]) -> str:
        """The page shown while no guide has been read: which, where, and what to run.

        `there` are the names of the files that lie in the folder and only wait to be read.
        """
        rows = "".join(
            f"<tr><td>{escape(one.guide.title)}</td><td>{escape(one.guide.publisher)}</td>"
            f"<td><code>{escape(one.file)}</code></td></tr>"
            for one in known
        )
        words = {key: escape(word) for key, word in self._texts.words["fr"].items()}
        if there:
            words["no_guides_title"] = words["unread_title"]
            words["no_guides_run"] = words["unread_run"]
        frame = Template(_file("no_guides.html"))
        return frame.substitute(
            words,
            head=self._head(script=False),
            header=self._header(),
            why=self._waiting(folder, there) if there else self._missing(folder),
            rows=rows,
        )

    def _missing(self, folder: Path) -> str:
        why, where = escape(self._texts("no_guides")), escape(self._texts("no_guides_where"))
        return f"<p>{why}</p><p>{where}</p><pre><code>{escape(str(folder))}</code></pre>"

    def _waiting(self, folder: Path, there: Sequence[str]) -> str:
        files = "".join(f"<li><code>{escape(name)}</code></li>" for name in there)
        place = f"<pre><code>{escape(str(folder))}</code></pre>"
        return f"<p>{escape(self._texts('unread'))}</p>{place}<ul>{files}</ul>"

    def _head(self, script: bool) -> str:
        texts = self._texts
        head = (
            f"<title>{escape(texts('title'))}</title>"
            f'<meta name="description" content="{escape(texts("tagline"))}">'
            '<meta name="color-scheme" content="light dark">'
            '<link rel="icon" type="image/svg+xml" href="ui/icon.svg">'
            '<link rel="stylesheet" href="ui/style.css">'
        )
        scripts = (
            f'<script type="application/json" id="words">{self._words}</script>'
            '<script type="module" src="ui/source.js"></script>'
            '<script type="module" src="ui/chat.js"></script>'
        )
        return head + scripts if script else head

    def _header(self) -> str:
        return (
            '<header id="top"><div><h1><img src="ui/icon.svg" alt="">'
            f"{escape(self._texts('name'))}</h1><p>{escape(self._texts('tagline'))}</p>"
            f'<p class="limits">{escape(self._texts("limits"))}</p></div></header>'
        )

    def _before(self) -> str:
        return (
            f'<a id="skip" href="#question">{escape(self._texts("skip"))}</a>{self._header()}'
            f'<noscript><p id="noscript">{escape(self._texts("noscript"))}</p></noscript>'
            f'<p id="loading">{escape(self._texts("loading"))}</p>'
        )

    def _after(self) -> str:
        return (
            '<aside id="panel" aria-labelledby="panel-title" hidden></aside>'
            '<div id="status" role="status" class="unseen"></div>'
            '<div id="alert" role="alert" hidden></div>'
        )


def _file(name: str) -> str:
    return resources.files("assistant.web").joinpath(name).read_text(encoding="utf-8")
