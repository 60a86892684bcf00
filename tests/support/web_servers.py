"""Starts the real nginx and Apache, set up as their pages in docs/hosts say. Both are packages of Debian."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.paths import REPOSITORY
from tests.support.tools import ToolMissingError

_SYSTEM_PATHS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"
_SECONDS = 20
_INCLUDED = "/etc/nginx/snippets/credsite.conf"
_MODULES = (
    "mpm_event",
    "authz_core",
    "dir",
    "alias",
    "headers",
    "mime",
    "deflate",
    "filter",
    "autoindex",
    "rewrite",
)


def program(name: str) -> str:
    """The path of a server. Raises ToolMissingError."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:{_SYSTEM_PATHS}")
    if not found:
        packages = "nginx-light and apache2"
        raise ToolMissingError(
            f"There is no {name}: install it (on Debian and Ubuntu: apt-get install {packages})."
        )
    return found


@contextmanager
def nginx(folder: Path, root: Path, included: Path) -> Iterator[str]:
    """The address of an nginx whose `server` block serves ``root`` and includes a file. It keeps its files in ``folder``."""
    port = _free_port()
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = "types { text/html html; text/css css; application/javascript js; application/json json; "
    types += "image/svg+xml svg; image/png png; text/plain txt; }"
    server = _example("nginx", {"80;": f"127.0.0.1:{port};", "/srv/www/courses": root, _INCLUDED: included})
    configuration = folder / "server.conf"
    configuration.write_text(f"""\
daemon off;
pid {folder}/server.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    {temporary}
    {types}
    {server}
}}
""")
    command = [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(configuration)]
    if os.geteuid() == 0:
        command += ["-g", "user root;"]  # folders of tests are for their user alone
    with _running(command, port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def apache(folder: Path, root: Path) -> Iterator[str]:
    """The address of an Apache that serves ``root`` and reads its `.htaccess`. It keeps its files in ``folder``."""
    port = _free_port()
    modules = Path("/usr/lib/apache2/modules")
    loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES)
    types = folder / "mime.types"
    types.write_text(
        "text/html html\ntext/css css\ntext/javascript js\napplication/json json\nimage/svg+xml svg\nimage/png png\ntext/plain txt\n"
    )
    host = _example("apache", {"*:80": f"127.0.0.1:{port}", "/srv/www/courses": root})
    configuration = folder / "server.conf"
    configuration.write_text(f"""\
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/server.pid
DefaultRuntimeDir {folder}
ErrorLog {folder}/errors.log
TypesConfig {types}
{loaded}
{host}
""")
    # Started as root, a process for visitors has the rights of another user, who may not read the folders of tests.
    with _running([program("apache2"), "-X", "-f", str(configuration)], port, folder):
        yield f"http://127.0.0.1:{port}"


def _example(name: str, replaced: Mapping[str, object]) -> str:
    """The server block in the documentation of a server, with other names."""
    page = (REPOSITORY / f"docs/hosts/{name}.md").read_text(encoding="utf-8")
    block = re.search(rf"```{name}\n(.*?)```", page, re.DOTALL)
    assert block is not None
    text = block[1]
    for old, new in replaced.items():
        assert old in text, old
        text = text.replace(old, str(new))
    return text


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + _SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The server did not start: {said.read_text()}")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(_SECONDS)


def _answers(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
