"""Whether links lead somewhere: real servers with certificates on the loopback, one of which plays a private host."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sitegen.github.reach import Reach, Reached, is_public, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def is_ours(address: str) -> bool:
    """Tell whether a server may stand at an address of the loopback."""
    with socket.socket() as found:
        try:
            found.bind((address, 0))
        except OSError:
            return False
    return True


# Where the loopback has one address only, as on macOS, nothing can play the private host.
PUBLIC, PRIVATE = "127.0.0.1", "127.0.0.2"
pytestmark = pytest.mark.skipif(not is_ours(PRIVATE), reason="the loopback has no second address")
HOSTS = {
    "papers.test": (PUBLIC,),
    "private.test": (PRIVATE,),
    "both.test": (PUBLIC, PRIVATE),
    "nowhere.test": (),
    "other.test": (PUBLIC,),
}


class Servers(NamedTuple):
    """Two servers on one port: the reach that knows them, and what each was asked for."""

    reach: Reach
    port: int
    asked: list[str]
    private_asked: list[str]

    def ask(self, path: str, host: str = "papers.test") -> Reached:
        return self.reach.ask(f"https://{host}:{self.port}/{path}")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that signs itself, with its key, for the hosts above but the last."""
    folder = tmp_path_factory.mktemp("certificate")
    names = ",".join(f"DNS:{name}" for name in list(HOSTS)[:-1])
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=papers.test"]
    command += ["-addext", f"subjectAltName={names}", "-keyout", "both.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    with (folder / "both.pem").open("a", encoding="ascii") as both:
        both.write((folder / "certificate.pem").read_text("ascii"))
    return folder


@pytest.fixture
def servers(certificate: Path) -> Iterator[Servers]:
    asked: list[str] = []
    private_asked: list[str] = []

    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=certificate / "certificate.pem")

    def resolve(host: str, port: int) -> tuple[str, ...]:
        assert port
        if host == "later.test":
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        if host not in HOSTS:
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return HOSTS[host]

    with ExitStack() as stack:
        port = stack.enter_context(serving(certificate, PUBLIC, 0, asked))
        stack.enter_context(serving(certificate, PRIVATE, port, private_asked))
        yield Servers(Reach(resolve, lambda address: address == PUBLIC, trust, 20), port, asked, private_asked)


@contextmanager
def serving(certificate: Path, address: str, port: int, asked: list[str]) -> Iterator[int]:
    """Serve over https until the block ends; gives the port."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            here = f"https://papers.test:{self.connection.getsockname()[1]}"
            onward = {
                "/moved": "/ok",
                "/away": f"{here}/ok",
                "/loop": "/loop",
                "/to-private": here.replace("papers", "private") + "/ok",
                "/to-both": here.replace("papers", "both") + "/ok",
                "/to-http": f"http://papers.test:{self.connection.getsockname()[1]}/ok",
                "/to-file": "file:///etc/passwd",
                "/to-user": here.replace("//", "//me:secret@"),
            }.get(self.path)
            if self.path == "/words":
                self.wfile.write(b"These are no headers.\r\n\r\n")
            elif self.path == "/endless":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for _ in range(1_000):
                    self.wfile.write(b"X: " + b"x" * 1_000 + b"\r\n")
            elif self.path == "/silent":
                released.wait(30)
            elif onward:
                self.send_response(302)
                self.send_header("Location", onward)
                self.end_headers()
            else:
                self.send_response(int(self.path[1:]) if self.path[1:].isdigit() else 200)
                self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent: pytest's output is for its own words."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who asks breaks off on purpose."""

    released = threading.Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "both.pem")
    with Quiet((address, port), Door) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port
        finally:
            released.set()
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("ok", "alive", ""),
        ("moved", "alive", ""),
        ("away", "alive", ""),
        ("200?q=a b", "alive", ""),
        ("304", "alive", ""),
        ("404", "dead", "404"),
        ("410", "dead", "410"),
        ("403", "unsure", "403"),
        ("429", "unsure", "429"),
        ("503", "unsure", "503"),
        ("loop", "dead", "more than 5 redirects"),
        ("to-http", "unsure", "only https is asked"),
        ("to-file", "unsure", "only https is asked"),
        ("to-user", "dead", "it names no host, or a user beside it"),
        ("words", "unsure", "no answer"),
    ],
)
def test_what_a_server_answers_becomes_one_of_three_states(path: str, state: str, why: str, servers: Servers) -> None:
    assert servers.ask(path) == Reached(state, why)  # type: ignore[arg-type]


def test_a_loop_is_left_after_six_questions(servers: Servers) -> None:
    servers.ask("loop")
    assert servers.asked == ["/loop"] * 6


@pytest.mark.parametrize("path", ["to-private", "to-both"])
def test_no_redirect_leads_to_a_host_that_has_a_private_address(path: str, servers: Servers) -> None:
    assert servers.ask(path) == Reached("dead", "it leads to an address that is not public")
    assert (servers.asked, servers.private_asked) == ([f"/{path}"], [])


@pytest.mark.parametrize("host", ["private.test", "both.test", "nowhere.test"])
def test_no_host_with_a_private_address_or_none_is_asked(host: str, servers: Servers) -> None:
    assert servers.ask("ok", host) == Reached("dead", "it leads to an address that is not public")
    assert (servers.asked, servers.private_asked) == ([], [])


def test_the_private_server_would_have_answered(servers: Servers) -> None:
    open_to_all = Reach(servers.reach.resolve, lambda _: True, servers.reach.trust)
    assert open_to_all.ask(f"https://private.test:{servers.port}/ok") == Reached("alive")
    assert servers.private_asked == ["/ok"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://gone.test/", Reached("dead", "there is no such host")),
        ("https://later.test/", Reached("unsure", "its host is not found now")),
        ("http://papers.test/", Reached("unsure", "only https is asked")),
        ("https:///x", Reached("dead", "it names no host, or a user beside it")),
        ("https://papers.test:x/", Reached("unsure", "no answer")),
        ("https://[::1/", Reached("unsure", "no answer")),
        ("https://" + "a" * 300 + ".test/", Reached("unsure", "no answer")),
        ("https://papers.test:1/", Reached("unsure", "no answer")),
    ],
)
def test_an_address_that_cannot_be_asked_never_raises(address: str, expected: Reached, servers: Servers) -> None:
    assert servers.reach.ask(address) == expected


def test_a_certificate_must_be_the_hosts(servers: Servers) -> None:
    assert servers.ask("ok", "other.test") == Reached("dead", "its certificate is not valid")


def test_endless_headers_and_silence_have_an_end(servers: Servers) -> None:
    assert servers.ask("endless").state == "alive"
    hurried = Reach(servers.reach.resolve, servers.reach.allowed, servers.reach.trust, 0.5)
    assert hurried.ask(f"https://papers.test:{servers.port}/silent") == Reached("unsure", "no answer")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (nothing is bound)
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_public_addresses_are_told_from_all_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_the_systems_own_resolver_is_asked() -> None:
    assert resolved("127.0.0.1", 443) == ("127.0.0.1",)
    assert Reach().ask("https://127.0.0.1/") == Reached("dead", "it leads to an address that is not public")
    assert Reach().ask("https://localhost/") == Reached("dead", "it leads to an address that is not public")
