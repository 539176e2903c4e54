"""Where addresses lead: hosts that papers stand at, and hosts where none does."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PAPERS = frozenset(
    (
        "arxiv.org alphaxiv.org doi.org openreview.net aclanthology.org aclweb.org proceedings.mlr.press "
        "papers.nips.cc proceedings.neurips.cc proceedings.iclr.cc openaccess.thecvf.com dl.acm.org "
        "ieeexplore.ieee.org computer.org link.springer.com sciencedirect.com semanticscholar.org biorxiv.org "
        "medrxiv.org chemrxiv.org psyarxiv.com techrxiv.org jmlr.org ecva.net isca-speech.org isca-archive.org "
        "ojs.aaai.org aaai.org ijcai.org ssrn.com pnas.org mdpi.com frontiersin.org journals.plos.org "
        "onlinelibrary.wiley.com tandfonline.com journals.sagepub.com academic.oup.com vldb.org eprint.iacr.org "
        "hal.science ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov cell.com jstor.org direct.mit.edu "
        "royalsocietypublishing.org journals.aps.org pubs.acs.org ceur-ws.org mlsys.org roboticsproceedings.org "
        "citeseerx.ist.psu.edu dblp.org preprints.org osf.io morganclaypool.com cdn.openai.com papers.neurips.cc"
    ).split()
)
_OTHERS = frozenset(
    (
        "github.com gitlab.com bitbucket.org gist.github.com youtube.com youtu.be vimeo.com twitter.com x.com "
        "medium.com towardsdatascience.com colab.research.google.com huggingface.co hf.co kaggle.com "
        "discord.gg discord.com slack.com linkedin.com reddit.com zhihu.com bilibili.com substack.com wandb.ai "
        "wikipedia.org readthedocs.io coursera.org udemy.com deeplearning.ai t.me mp.weixin.qq.com csdn.net "
        "facebook.com amazon.com modelscope.cn replicate.com apps.apple.com paperswithcode.com shields.io "
        "star-history.com marktechpost.com venturebeat.com gradio.app streamlit.app gumroad.com eventbrite.com "
        "awesome.re"
    ).split()
)
_PAPER_PATHS = re.compile(
    r"\.pdf$|/papers?/|/publications?/|^/articles/|/science/article|/presentation/|/proceedings/|^/doi/", re.IGNORECASE
)


def place_sort(address: str) -> str:
    """Give what stands at an address: "paper", "other" where no paper does, "" where nobody can tell."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").casefold()
    except ValueError:
        return "other"
    if parts.scheme.casefold() not in {"http", "https"} or not host:
        return "other"
    path = parts.path.rstrip("/")
    if host in {"huggingface.co", "hf.co"} and path.startswith("/papers/"):
        return "paper"
    if host == "research.google" and path.startswith("/pubs"):
        return "paper"
    if _is_at(host, _PAPERS) or (path.casefold().endswith(".pdf") and path):
        return "paper"
    if _is_at(host, _OTHERS) or path.startswith(("/blog", "/docs")) or host.startswith(("blog.", "docs.")):
        return "other"
    return "paper" if _PAPER_PATHS.search(path) else ""


def _is_at(host: str, places: frozenset[str]) -> bool:
    """Tell whether a host, or one it is part of, is among the places."""
    parts = host.split(".")
    return any(".".join(parts[start:]) in places for start in range(min(len(parts), 20)))
