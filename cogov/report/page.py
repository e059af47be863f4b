"""A page: a template filled in, with nothing outside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cogov.kit.version import __version__
from cogov.report.texts import Words
from cogov.report.vocabulary import Code

TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, words: Words, **chapters: Any) -> str:
    """A template of this package as HTML, in the language of the words."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["shown"] = _shown
    return environment.get_template(template).render(
        t=words,
        lang=words.lang,
        version=__version__,
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        **chapters,
    )


def _shown(text: str) -> Markup:
    """A text, escaped, in which long names may break after one of ``_+-``; code as code."""
    found = Markup("<wbr>").join(re.findall(r"[^_+-]*[_+-]|[^_+-]+", text))
    return Markup("<code>{}</code>").format(found) if isinstance(text, Code) else found
