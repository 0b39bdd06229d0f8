"""The HTML around the chat and of the other pages: head, header, footer, the panel's place."""

from __future__ import annotations

import re

from assistant.answer import Language
from assistant.web.templates import Templates
from assistant.web.texts import Texts

_META = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>')


class Shell:
    """Writes whole pages, and gradio's index page with our frame around it."""

    def __init__(
        self,
        texts: Texts,
        templates: Templates,
        limit: int,
        feedback: bool = False,
    ) -> None:
        """`limit` is the length of a question; `feedback` if users can say what they think of an
        answer."""
        self._texts = texts
        self._templates = templates
        self._limit = limit
        self._feedback = feedback

    def rewrite(self, html: str, nonce: str, language: Language) -> str:
        """gradio's index page with our head, header and panel, the language and the nonce.

        A page of ours is given back as it is.
        """
        if "<gradio-app" not in html:
            return html

        def part(name: str, **values: object) -> str:
            title = self._texts("title", language)
            return self._fill(name, language, "chat", "", title=title, **values)

        words = {**self._texts.words["fr"], **self._texts.words[language]}
        facts = {"limit": self._limit, "feedback": self._feedback}
        html = re.sub(r'<html\s+lang="en"', f'<html lang="{language}"', html, count=1)
        html = re.sub(r"<base [^>]*>", "", _META.sub("", html))
        html = html.replace('<link rel="manifest" href="/manifest.json" />', "")
        html = html.replace("<head>", f"<head><script>{_speaking(language)}</script>", 1)
        html = html.replace("</head>", f"{part('chat_head.html', words=words | facts)}</head>", 1)
        before, after = part("chat_before.html"), part("chat_after.html")
        html = html.replace("<gradio-app", f'{before}<div id="layout"><gradio-app', 1)
        html = html.replace("</gradio-app>", f"</gradio-app>{after}</div>{part('footer.html')}", 1)
        return re.sub(r"<script(?![^>]*\bnonce=)", f'<script nonce="{nonce}"', html)

    def page(
        self,
        template: str,
        language: Language,
        here: str,
        address: str,
        title: str,
        **values: object,
    ) -> str:
        """A whole page from a template that extends page.html.

        `here` is its name in the navigation, `address` where it is served, from the site's root.
        """
        whole = f"{title} – {self._texts('name', language)}"
        return self._fill(template, language, here, address, title=whole, **values)

    def _fill(
        self, template: str, language: Language, here: str, address: str, **values: object
    ) -> str:
        def t(key: str, **inner: object) -> str:
            return self._texts(key, language, **inner)

        return self._templates.fill(
            template,
            t=t,
            language=language,
            other="fr" if language == "en" else "en",
            here=here,
            address=address,
            # Addresses are relative, so that the site can be served below any path.
            root="../" * address.partition("?")[0].count("/"),
            **values,
        )


def _speaking(language: Language) -> str:
    """Script that makes gradio speak the page's language: it takes that of the browser."""
    return (
        f'for (const [name, value] of [["language", "{language}"], ["languages", ["{language}"]]])'
        " Object.defineProperty(navigator, name, { get: () => value });"
    )
