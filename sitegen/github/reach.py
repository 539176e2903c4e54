"""Whether an address still leads somewhere: asked over https, of public hosts alone, within limits.

Whoever writes a record chooses what is asked here. So the host's addresses are looked up once, all of them must be
public, and one of them is what is connected to; each redirect is judged in the same way; no body is read.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

Resolve = Callable[[str, int], tuple[str, ...]]

_SECONDS = 15.0
_HEAD_CAP = 32 * 1024
_REDIRECTS = 5
_REDIRECTED = {301, 302, 303, 307, 308}
# IPv6 networks that carry IPv4 addresses of any kind.
_CARRIERS = tuple(
    map(ipaddress.IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
_KEPT = "/:?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of an address: "alive", "dead", or "unsure" where a reader may fare better; and why."""

    state: Literal["alive", "dead", "unsure"]
    why: str = ""


class _NotAskedError(Exception):
    """An address that is not asked, and what that makes of it."""

    def __init__(self, reached: Reached) -> None:
        super().__init__(reached.why)
        self.reached = reached


def is_public(address: str) -> bool:
    """Tell an IP address that belongs to the public internet, whatever it is written like."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and any(found in network for network in _CARRIERS):
        return False
    return found.is_global and not found.is_multicast


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Give the IP addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """How hosts are found and trusted; the public internet's way unless a test says otherwise."""

    resolve: Resolve = resolved
    allowed: Callable[[str], bool] = is_public
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = _SECONDS

    def ask(self, address: str) -> Reached:
        """Ask for an address, follow its redirects, and give what became of it; never raises."""
        deadline = time.monotonic() + self.seconds
        try:
            for _ in range(_REDIRECTS + 1):
                status, onward = self._head(address, deadline)
                if status not in _REDIRECTED or not onward:
                    return _judged(status)
                address = urljoin(address, onward)
        except _NotAskedError as fault:
            return fault.reached
        except ssl.SSLCertVerificationError:
            return Reached("dead", "its certificate is not valid")
        except socket.gaierror as fault:
            gone = fault.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            return Reached("dead", "there is no such host") if gone else Reached("unsure", "its host is not found now")
        except (OSError, ValueError):
            return Reached("unsure", "no answer")
        return Reached("dead", f"more than {_REDIRECTS} redirects")

    def _head(self, address: str, deadline: float) -> tuple[int, str]:
        """Give the status of one answer, and where it redirects to."""
        host, port, target = _parts(address)
        places = self.resolve(host, port)
        if not places or not all(map(self.allowed, places)):
            raise _NotAskedError(Reached("dead", "it leads to an address that is not public"))
        with (
            socket.create_connection((places[0], port), _left(deadline)) as bare,
            self.trust().wrap_socket(bare, server_hostname=host) as stream,
        ):
            stream.sendall(
                f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: sitegen (dead links)\r\nAccept: */*\r\n"
                "Connection: close\r\n\r\n".encode("ascii")
            )
            return _read_head(stream, deadline)


def _parts(address: str) -> tuple[str, int, str]:
    """Give host, port and target of an address that may be asked."""
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise _NotAskedError(Reached("unsure", "only https is asked"))
    if not parts.hostname or parts.username is not None:
        raise _NotAskedError(Reached("dead", "it names no host, or a user beside it"))
    host = parts.hostname.encode("idna").decode("ascii")
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
    return host, parts.port or 443, target


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read_head(stream: ssl.SSLSocket, deadline: float) -> tuple[int, str]:
    head = b""
    while b"\r\n\r\n" not in head:
        stream.settimeout(_left(deadline))
        part = stream.recv(4096)
        head += part
        if not part or len(head) > _HEAD_CAP:
            break
    status = re.match(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r\n]", head)
    if not status:
        raise ValueError("no answer in HTTP")
    onward = re.search(rb"\r\nlocation:[ \t]*([!-~]*)[ \t]*\r\n", head, re.IGNORECASE)
    return int(status[1]), onward[1].decode("ascii") if onward else ""


def _judged(status: int) -> Reached:
    if status < 400:
        return Reached("alive")
    # Many hosts refuse programs what they show to people: only these two say that nothing is there.
    return Reached("dead", f"{status}") if status in (404, 410) else Reached("unsure", f"{status}")
