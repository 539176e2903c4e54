"""Settings, read once and passed down: where things are, and where the site will live."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from sitegen.problems import SitegenError
from sitegen.repository import Repository, repository_of
from sitegen.savings import Savings, savings_of

PLACEHOLDER_HOST = "example.org"
# The corpus named on the command line: so it comes to the plugin, which only MkDocs makes.
NAMED_CORPUS: ContextVar[str] = ContextVar("NAMED_CORPUS", default="")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build needs to know besides the records. `site_url` is absolute and ends in "/"."""

    config_file: Path
    corpus_dir: Path
    docs_dir: Path
    theme_dir: Path | None
    out_dir: Path
    site_url: str
    repository: Repository | None = None
    savings: Savings = field(default_factory=Savings)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The folders that a site is made from."""
        return (self.corpus_dir, self.docs_dir, *([self.theme_dir] if self.theme_dir else []))

    @property
    def owns_docs(self) -> bool:
        """Whether the corpus is the project's own, so that its pages belong into docs/."""
        return self.corpus_dir.resolve().parent == self.config_file.resolve().parent


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml, which may hold MkDocs's own tags; what they stand for is not needed here."""


def _ignored(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    del loader, suffix, node


_ConfigLoader.add_multi_constructor("", _ignored)


def load_settings(corpus: str = "", out: str = "") -> Settings:
    """Read mkdocs.yml of this folder, else of the corpus's parent, else of the project sitegen is installed from.

    Raises:
        SitegenError: there is no mkdocs.yml, or it cannot be read.
    """
    return settings_of(_find_config(Path(corpus or "corpus")), corpus, out)


def settings_of(config_file: Path, corpus: str = "", out: str = "") -> Settings:
    """Read what a build needs from one mkdocs.yml; `corpus` and `out` win over what stands there.

    Raises:
        SitegenError: it cannot be read, or its site_url is no address.
    """
    try:
        config = yaml.load(config_file.read_bytes(), _ConfigLoader) or {}  # noqa: S506 (a SafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as fault:
        raise SitegenError(f"{config_file}: cannot be read: {' '.join(str(fault).split())}") from fault
    if not isinstance(config, dict):
        raise SitegenError(f"{config_file}: must be a mapping ('key: value')")
    project = config_file.parent
    theme = config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return Settings(
        config_file=config_file,
        corpus_dir=Path(corpus) if corpus else project / "corpus",
        docs_dir=project / str(config.get("docs_dir") or "docs"),
        theme_dir=project / str(custom) if custom else None,
        out_dir=Path(out) if out else project / str(config.get("site_dir") or "site"),
        site_url=checked_site_url(config.get("site_url"), str(config_file)),
        repository=repository_of(config.get("extra"), str(config_file), project),
        savings=savings_of(config.get("plugins"), str(config_file)),
    )


def checked_site_url(value: object, place: str) -> str:
    """Give `site_url` ending in "/"; without one the placeholder's.

    Raises:
        SitegenError: it is not an absolute http(s) address without query and fragment.
    """
    address = str(value or f"https://{PLACEHOLDER_HOST}/")
    if not _is_site_url(address):
        raise SitegenError(f"{place}: site_url must be an address like https://example.org/repo/, not {address!r}")
    return address if address.endswith("/") else f"{address}/"


def packaged_theme() -> Path:
    """Give the folder of the theme that comes with sitegen: in the installed package, in a checkout beside it."""
    package = Path(__file__).parent
    return next(folder for folder in (package / "theme", package.parent / "theme") if folder.is_dir())


def _is_site_url(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = not re.search(r"[^!-~]|[\"'<>\\^`{|}?#]", address)
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def _find_config(corpus: Path) -> Path:
    """Give the first mkdocs.yml there is."""
    installed_from = Path(__file__).parent.parent
    for folder in (Path(), corpus.parent, installed_from):
        if (folder / "mkdocs.yml").is_file():
            return folder / "mkdocs.yml"
    raise SitegenError("mkdocs.yml is not in this folder", "run sitegen in the folder of your project")
