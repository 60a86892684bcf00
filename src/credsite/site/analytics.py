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
            return TrackingScript(f"{server}js/script.js", (("data-domain", id_),), (_origin(server),))
        case "umami":
            server = server or "https://cloud.umami.is/"
            sends_to = (
                (_origin(server),) if analytics.url else (_origin(server), "https://api-gateway.umami.dev")
            )
            return TrackingScript(f"{server}script.js", (("data-website-id", id_),), sends_to)
        case "goatcounter":
            # GoatCounter's own server has the script at an address that all accounts share.
            script = f"{server}count.js" if server else "https://gc.zgo.at/count.js"
            counter = f"{server or f'https://{id_}.goatcounter.com/'}count"
            return TrackingScript(script, (("data-goatcounter", counter),), (_origin(counter),))
        case "matomo":
            # Matomo needs a script on the page that says where to send what. The theme has it as a file.
            own = server or ""
            return TrackingScript(
                "", (("data-url", own), ("data-site", id_)), (_origin(own),), scripts_from=_origin(own)
            )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
