"""A control: one row of the table of controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Self, TypeVar

from accuracy_lens.view.control_table.old_words import OLD_WORDS
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import Stored, in_address

T = TypeVar("T")
Widget = Literal[
    "expander", "kept", "multiselect", "number", "pagination", "radio", "segments", "select",
    "select_slider", "slider", "text", "toggle",
]  # fmt: skip
"""The functions of `accuracy_lens.view.control_table.widgets`."""
CHOICES: tuple[Widget, ...] = ("select", "segments", "multiselect")
"""Those whose options have names in the address, and titles for each language on the page."""


class Control(Stored[T]):
    """One row of the table of controls; see `accuracy_lens.view.control_table.table`.

    Parameters
    ----------
    default : T
        Its value until a visitor moves it, where the data in view want no other (`start`). What
        follows from the data themselves (the last epoch, the first card) is given where it is
        drawn.
    widget : str
        The function of `accuracy_lens.view.control_table.widgets` that draws it.
    settings : type, optional
        The typed settings that it is a field of.
    field : str, optional
        The name of that field.
    key : str, optional
        Of the widget, and its name in the URL; by default the name of the attribute.
    in_url : bool
        Whether the URL carries it.
    carried : bool
        Whether it is kept when the visitor turns to another page: it stands on several pages, or
        another page opens or leaves it.
    of_data : bool
        Whether it goes back to where it starts when other data are opened.
    each : str, optional
        What separates the key from a name, where each of several things has such a control; ask
        `of` for that of a thing.
    name : callable, optional
        What the address calls one of the options of a choice, in any language: lower-case letters,
        digits and ``._-``.
    """

    def __init__(
        self,
        default: T,
        widget: Widget,
        settings: type | None = None,
        field: str = "",
        *,
        key: str = "",
        in_url: bool = True,
        carried: bool = False,
        of_data: bool = False,
        each: str = "",
        name: Callable[[Any], str] = str,
    ) -> None:
        super().__init__(default, key)
        self.widget = widget
        self.settings, self.field = settings, field
        self.in_url, self.carried, self.of_data, self.each = in_url, carried, of_data, each
        self.name = name

    @property
    def url_name(self) -> str | None:
        """Its name in the URL: Streamlit binds a widget under its key; None where it is not there.

        Examples
        --------
        >>> Control(0.5, "number", key="threshold").url_name
        'threshold'
        """
        return self.key if self.in_url else None

    def of(self, name: object) -> Self:
        """The control of a thing, by its name.

        Examples
        --------
        >>> Control(1, "pagination", key="run_page", each="_").of(0).key
        'run_page_0'
        """
        assert self.each, f"there is only one {self.key}"
        return type(self)(
            self.default, self.widget, self.settings, self.field,
            key=f"{self.key}{self.each}{name}", in_url=self.in_url, carried=self.carried,
            of_data=self.of_data, name=self.name,
        )  # fmt: skip

    @property
    def asked(self) -> tuple[str, ...]:
        """What the address says of it, in the names of today; empty where it does not name it."""
        return names_of_today(self.key, in_address(self.key))

    def asked_of(self, options: Sequence[T], title: Callable[[T], str]) -> list[T]:
        """The options of a choice that the address asks for.

        By their names; by what is shown where that is no word of a language, as older links have
        it: what a file calls a class, what Keras calls a metric.
        """
        known = {title(option): option for option in options}
        known |= {self.name(option): option for option in options}
        return [known[text] for text in self.asked if text in known]

    @property
    def start(self) -> T:
        """Its value until a visitor moves it: that of the scenario in view, else the default.

        The URL leaves it out while it stands there, so a link to a scenario opens its own view.
        """
        source = VISITOR.source
        value: T = self.default if source is None else source.opens.get(self.key, self.default)
        return value

    @property
    def locked(self) -> bool:
        """Whether the link locks it: it is drawn disabled, and nothing on the page moves it."""
        return self.key in VISITOR.locked

    def move(self, value: T) -> None:
        """Write a value from elsewhere on the page, unless it is locked."""
        if not self.locked:
            self.write(value)

    def write_start(self) -> None:
        """Put it back to where it starts."""
        self.write(self.start)


def names_of_today(key: str, texts: Sequence[str]) -> tuple[str, ...]:
    """What a link sets a control to, where it may be an older one, which carries English words.

    Examples
    --------
    >>> names_of_today("data", ["Generate"]), names_of_today("data", ["generate"])
    (('generate',), ('generate',))
    """
    words = OLD_WORDS.get(key, {})
    return tuple(words.get(text, text) for text in texts)
