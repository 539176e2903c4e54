"""Publishing a site: built beside the old one, verified, and put in its place in one step.

Beside `site` lies `.site.sitegen`, which holds: `lock`; `live.manifest`, what is in `site`; `spare`, the tree that
`site` was before, and `spare.manifest`. The next site is the spare brought up to date: what it lacks is one file with
what is in `site`, under a second name; no file that has a name is written into. What a killed build leaves:

- `spare` without `spare.manifest`: half built, so nothing in it is trusted;
- `clock`: an empty file that told the time while a stage was held against its plan;
- `stage.manifest`: whether the exchange took place shows by the inode number that it holds;
- `aside`: files made ahead, which nobody has taken;
- `between`: killed between the two renames of a system without exchange.
"""

from sitegen.publishing.files import Aside, AsideWriter, File, StageWriter, Written
from sitegen.publishing.publication import Outcome, Publication

__all__ = ["Aside", "AsideWriter", "File", "Outcome", "Publication", "StageWriter", "Written"]
