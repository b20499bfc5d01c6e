"""`seci merge`, `seci findings`, `seci training`."""

from seci.combination.commands import finishing, shaping
from seci.combination.commands.findings import findings
from seci.combination.commands.merging import merge
from seci.combination.commands.training import training
from seci.combination.proposals import commands as proposals
from seci.combination.shelving import commands as shelving

# finishing, proposals, shaping and shelving add their commands to `seci merge`.
__all__ = ["findings", "finishing", "merge", "proposals", "shaping", "shelving", "training"]
