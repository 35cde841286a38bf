"""A line for each request, where an operator wants it: the route's name, never a code or who asked."""

import logging
from contextlib import suppress

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

log = logging.getLogger(__name__)
LOGGED = web.AppKey("access log", bool)
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})


class RouteNames(AbstractAccessLogger):
    """`/join/{code}` and not the code: what stands in an address may open a door."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        method = request.method if request.method in _METHODS else "other"
        told = {"kind": method, "route": route_of(request), "status": response.status}
        self.logger.info("request", extra={**told, "took_ms": round(time * 1000)})


def route_of(request: web.BaseRequest) -> str:
    """Its name only; "-" for what fits no route, or is no request at all."""
    if isinstance(request, web.Request):
        with suppress(AssertionError):  # it was never looked for
            resource = request.match_info.route.resource
            return resource.canonical if resource is not None else "-"
    return "-"
