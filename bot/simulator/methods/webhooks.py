"""Setting, removing and telling about the webhook."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import method
from bot.simulator.params import Params
from bot.simulator.state import Webhook
from bot.simulator.world import World

_PORTS = frozenset({443, 80, 88, 8443})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url").strip()
    if not url:
        return delete_webhook(world, params)
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(url)
    world.queue.allow(params.json("allowed_updates"))
    if params.boolean("drop_pending_updates"):
        world.queue.clear()
    world.webhook = Webhook(url=url, secret_token=secret, max_connections=params.integer("max_connections", 40, 1, 100))
    world.changed()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    if params.boolean("drop_pending_updates"):
        world.queue.clear()
    world.webhook = None
    world.changed()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    world.expire_updates()
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.queue.held),
    }
    if hook:
        info["max_connections"] = hook.max_connections
        if hook.last_error_date is not None:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if world.queue.allowed is not None:
        info["allowed_updates"] = sorted(world.queue.allowed)
    return info


def webhook_change(before: Webhook | None, after: Webhook | None) -> str:
    """What setWebhook and deleteWebhook say beside their result."""
    if after is None:
        return "Webhook is already deleted" if before is None else "Webhook was deleted"
    if before is not None:
        before = replace(before, last_error_date=None, last_error_message=None)
    return "Webhook is already set" if before == after else "Webhook was set"


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    # A rehearsal's receiver is on this machine: there, as with a local Bot API server, any port and
    # plain HTTP will do. Everywhere else the public rules hold.
    if parts.hostname in _LOOPBACK and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
