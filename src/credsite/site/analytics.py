"""The script of the service that counts visitors, as each service asks for it.

Sources: https://plausible.io/docs, https://www.goatcounter.com/help/start and /help/csp, https://umami.is/docs/tracker-configuration,
https://developer.matomo.org/guides/tracking-javascript-guide.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from credsite.schema.analytics import Analytics
from credsite.site.views import TrackingScript


def tracking_script(analytics: Analytics | None) -> TrackingScript | None:
    """What pages load to be counted, None where visitors are not counted."""
    if analytics is None:
        return None
    server, id_ = analytics.url, analytics.id
    match analytics.service:
        case "plausible":
            server = server or "https://plausible.io/"
            return _script(f"{server}js/script.js", (("data-domain", id_),), server)
        case "umami":
            server = server or "https://cloud.umami.is/"
            sends_to = (server,) if analytics.url else (server, "https://api-gateway.umami.dev")
            return _script(f"{server}script.js", (("data-website-id", id_),), *sends_to)
        case "goatcounter":
            # GoatCounter's own server has the script at an address that all accounts share.
            script = f"{server}count.js" if server else "https://gc.zgo.at/count.js"
            counter = f"{server or f'https://{id_}.goatcounter.com/'}count"
            return _script(script, (("data-goatcounter", counter),), counter)
        case "matomo":
            # Matomo needs a script on the page that says where to send what. The theme has it as a file.
            own = server or ""
            attributes = (("data-url", own), ("data-site", id_))
            return TrackingScript("", attributes, scripts_from=_origin(own), sends_to=(_origin(own),))


def _script(url: str, attributes: tuple[tuple[str, str], ...], *sends_to: str) -> TrackingScript:
    """The script at ``url``, which sends to the servers of the addresses ``sends_to``."""
    return TrackingScript(url, attributes, _origin(url), tuple(map(_origin, sends_to)))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
