"""Why the system would not read or write a file, in the words of a person."""

from __future__ import annotations

import errno

from messages.errors import Problem
from messages.tables import N_

_REASONS = {
    errno.ENOENT: N_("filen eller mappen findes ikke"),
    errno.EACCES: N_("adgangen er nægtet"),
    errno.EPERM: N_("adgangen er nægtet"),
    errno.EISDIR: N_("det er en mappe"),
    errno.ENOTDIR: N_("en del af stien er en fil, ikke en mappe"),
    errno.ENOSPC: N_("disken er fuld"),
    errno.EDQUOT: N_("disken er fuld"),
    errno.EROFS: N_("disken kan kun læses"),
    errno.ENAMETOOLONG: N_("navnet er for langt"),
}


def reason(error: OSError) -> Problem | str:
    """The reason as the end of a sentence; the system's own word where we have none."""
    said = _REASONS.get(error.errno or 0)
    return Problem(said) if said else error.strerror or type(error).__name__
