"""Addresses that go to a browser: how each kind of browser is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.background import Background


class BadAddressError(Exception):
    """It could not be opened; the text says why."""


async def open_outside(app: App[None], background: Background, address: str) -> None:
    """Open an address in the browser of this system, or of the page that shows us in the web.

    A browser that draws on this very terminal gets it for itself meanwhile. Raises BadAddressError without a browser.
    """
    if app.is_web:
        app.open_url(address)
        return
    import webbrowser

    try:
        browser = await background.run(webbrowser.get)
    except webbrowser.Error as error:
        raise BadAddressError("no web browser was found") from error
    if type(browser) is webbrowser.GenericBrowser and not app.is_headless:
        with app.suspend():
            browser.open(address)
    else:
        await background.run(browser.open, address)
