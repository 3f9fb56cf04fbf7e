"""The builders that are measured, one a file: how each is found, laid out and run."""

from __future__ import annotations

from benchmarks.peers.courseweek import Courseweek
from benchmarks.peers.eleventy import Eleventy
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.jekyll import Jekyll
from benchmarks.peers.mkdocs import MkDocs
from benchmarks.peers.peer import Peer
from benchmarks.peers.pelican import Pelican

KINDS: tuple[type[Peer], ...] = (Courseweek, Hugo, Eleventy, Jekyll, MkDocs, Pelican)
