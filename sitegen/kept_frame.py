"""The frame of the last build, which serves again while nothing that it is made of has changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.config import packaged_theme
from sitegen.frame import Frame, Guests, build_frame, frame_digest, read_frame
from sitegen.output import plain_errors, remove_anything

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.config import Settings
    from sitegen.rendering import Progress


def current_frame(settings: Settings, guests: Guests, folder: Path, version: str, progress: Progress) -> Frame:
    """Give the frame, made anew when anything that it is made of has changed; `version` is that of the renderer."""
    told = guests.named_in(settings.config_file, settings.docs_dir)
    digest = frame_digest(settings.config_file, (*settings.sources[1:], packaged_theme()), told, settings.site_url)
    known = folder.with_suffix(".digest")
    with plain_errors(folder):
        state = f"{digest} {version} {_content(folder)}"
        if digest and known.is_file() and known.read_text("utf-8", "replace").partition("\n")[0] == state:
            return replace(read_frame(folder, told), digest=state)
        progress("building the frame", 0, 0)
        remove_anything(known)
        remove_anything(folder)
        frame = build_frame(settings.config_file, told, folder, settings.site_url)
        state = f"{digest} {version} {_content(folder)}"
        known.write_text("\n".join([state, *told.shells]), "utf-8")
    return replace(frame, digest=state)


def last_frame(folder: Path) -> Frame | None:
    """Give the frame that `current_frame` left in a folder, be it of now or not; None where none is whole.

    What is made of it may be used where the frame of now is found to give the same.
    """
    known = folder.with_suffix(".digest")
    with plain_errors(folder):
        state, *shells = known.read_text("utf-8", "replace").split("\n") if known.is_file() else ("",)
        whole = shells and state.endswith(_content(folder))
        return read_frame(folder, Guests((), silent=tuple(shells))) if whole else None


def _content(folder: Path) -> str:
    """Give a digest of all files in a folder."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}\0{len(body)}\0".encode() + body)
    return state.hexdigest()
