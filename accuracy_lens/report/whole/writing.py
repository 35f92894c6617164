"""A report written out: one HTML page in every language, Markdown, or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
from markupsafe import Markup

from accuracy_lens.report.findings import finding_entry
from accuracy_lens.report.metrics import metrics_json, strict_json
from accuracy_lens.report.whole.found import Found
from accuracy_lens.report.whole.sections import data_line, sections
from accuracy_lens.words.language import HTML_NAMES, LANGUAGES, current, speaking
from accuracy_lens.words.text import say
from metrics_core.releases import KerasRefusal

_HERE = Path(__file__).parent
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#|!~])")


def as_html(found: Found) -> bytes:
    """One page without scripts that needs nothing from elsewhere, in every language.

    Examples
    --------
    >>> from accuracy_lens.report.whole.found import Subject, find_out
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.settings import Settings
    >>> given = {"title": "<i>", "origin": {}, "settings": Settings()}
    >>> given["loss"] = "binary_crossentropy"
    >>> found = find_out(Subject(predictions=Predictions.of([0, 1], [0.2, 0.7]), **given))
    >>> page = as_html(found).decode()
    >>> "<i>" in page, "<script" in page, "准确率" in page
    (False, False, True)
    """
    first = current()
    parts = []
    for language in sorted(LANGUAGES, key=lambda name: name != first):
        with speaking(language):
            parts.append({
                "language": language,
                "html": HTML_NAMES[language],
                "called": LANGUAGES[language],
                "title": say("Report: {title}", title=found.subject.title),
                "contents": say("Contents"),
                "sections": sections(found),
            })  # fmt: skip
    style = Markup((_HERE / "report.css").read_text("utf-8"))  # noqa: S704 - a file of ours
    page = _templates().get_template("report.html.j2")
    return page.render(parts=parts, style=style, formula=_formula).encode(errors="replace")


def as_markdown(found: Found) -> bytes:
    """Markdown in the reader's language, for the log of a CI or a pull request."""
    page = _templates().get_template("report.md.j2")
    title = say("Report: {title}", title=found.subject.title)
    text = page.render(title=title, sections=sections(found), md=_plain, fenced=_fenced)
    return re.sub(r"\n{3,}", "\n\n", text).encode(errors="replace")


def as_json(found: Found) -> bytes:
    """The metrics as `metrics_json` has them, with findings, releases and the figures."""
    subject = found.subject
    content: dict[str, Any] = json.loads(
        metrics_json(subject.predictions, found.evaluations, subject.settings, subject.origin)
    )
    content["data"]["line"] = data_line(found)
    content["main"] = found.main.variant.name
    content["findings"] = [finding_entry(each) for each in found.report.findings]
    content["muted"] = sorted(subject.muted)
    content["loss"] = subject.loss
    content["releases"] = {
        name: {"refused": say(answer.message)}
        if isinstance(answer, KerasRefusal)
        else {"printed": answer.printed, "value": answer.value, "variant": answer.variant}
        for name, answer in found.releases.items()
    }
    content["confusion"] = None if found.confusion is None else found.confusion.counts.tolist()
    content["link"] = subject.link
    return strict_json(content).encode(errors="replace")


FORMATS: Mapping[str, Callable[[Found], bytes]] = MappingProxyType(
    {"html": as_html, "md": as_markdown, "json": as_json}
)
"""By the ending of the file."""


def write(found: Found, format: str) -> bytes:
    """The report in one of `FORMATS`."""
    return FORMATS[format](found)


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_HERE)
    made = jinja2.Environment(
        loader=loader,
        autoescape=jinja2.select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["code"] = _code
    made.tests["kind"] = lambda block, name: type(block).__name__ == name
    return made


def _code(words: str) -> Markup:
    """A sentence with what stands between backticks as code; all else is escaped."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(words)))  # noqa: S704


def _formula(latex: str) -> Markup:
    """MathML, or the LaTeX itself where that cannot be made."""
    try:
        from latex2mathml.converter import convert  # noqa: PLC0415 - for reports only
    except ModuleNotFoundError:
        return Markup("<code>{}</code>").format(latex)
    return Markup(convert(latex, display="block"))  # noqa: S704 - of our formulas and numbers


def _plain(words: object) -> str:
    """Text that Markdown shows as it stands; what stands between backticks is code."""
    text = str(words).replace("\n", " ")
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        part.replace("|", r"\|") if part.startswith("`") else _MARKDOWN.sub(r"\\\1", part)
        for part in parts
    )


def _fenced(lines: str) -> str:
    """A fence that the lines do not hold themselves."""
    longest = max((len(run) for run in re.findall("`+", lines)), default=0)
    return "`" * max(3, longest + 1)
