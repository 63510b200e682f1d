"""Does the supernet rank sub-networks rightly? Spearman's correlation with another order decides whether a search may rely on it."""

import numpy as np

from .errors import TrainerError
from .measuring import measure
from .training import Recipe
from .weights import Standalone


def check(session, architectures, against, request):
    """Correlates supernet accuracy on the validation split with MACs, or with the accuracy of the same networks trained alone for `steps`."""
    if against not in ("macs", "trained"):
        raise TrainerError("bad-request", f"'{against}' is neither macs nor trained.")
    if len(architectures) < 3:
        raise TrainerError("bad-request", f"{len(architectures)} architectures have no ranking; give at least 3.")
    networks = [session.space.resolve(a) for a in architectures]
    split = session.filled("validation", request.get("limit"))

    def accuracy(network, weights):
        session.cluster.stop_if_cancelled()
        return measure(network, weights, session.space, session.data, split, session.seed, session.cluster.device)
    scores = session.cluster.spread(networks, lambda network: accuracy(network, session.supernet))
    references = [network.macs() for network in networks]
    if against == "trained":
        recipe, references = Recipe.of(request), []
        for index, network in enumerate(networks):
            own = Standalone.fresh(session.space, network, session.seed + 1)
            if not session.train_alone(own, recipe, f"{session.seed}/rank/{index}", "rank", session.cluster):
                raise TrainerError("cancelled", "The ranking check was cancelled.")
            references.append(accuracy(network, own))
    return {"architectures": architectures, "scores": scores, "references": references, "spearman": spearman(scores, references)}


def spearman(a, b):
    """Rank correlation with mean ranks for ties; 0 where one side has a single value."""
    x, y = (ranks(np.asarray(values, float)) for values in (a, b))
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else 0.0


def ranks(values):
    return np.array([(values < v).sum() + ((values == v).sum() - 1) / 2 for v in values])
