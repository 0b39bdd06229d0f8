"""Pages from the templates of this package: everything put into one is escaped.

The only door to jinja2.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined


class Templates:
    """Fills templates in; a value that a template asks for and does not get is an error."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("assistant.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def fill(self, template: str, t: Callable[..., str], **values: object) -> str:
        """The template as HTML; in it `t("key")` is a text in the page's language."""
        return self._environment.get_template(template).render(t=t, **values)
