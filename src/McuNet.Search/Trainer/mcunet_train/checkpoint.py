"""The supernet on disk: safetensors of weights and momenta; the header says whose they are."""

import os

import torch

from . import tensorfile
from .errors import TrainerError

FILE = "supernet.safetensors"
MOMENTUM = "momentum/"


def save(folder, weights, momenta, about):
    """Replaces the checkpoint at once; a full disk raises OSError and keeps the previous one."""
    tensors = {name: array(tensor) for name, tensor in weights.parameters.items()}
    tensors |= {MOMENTUM + name: array(tensor) for name, tensor in momenta.items()}
    tensorfile.write(os.path.join(folder, FILE), tensors, {key: str(value) for key, value in about.items()})


def load(folder, weights, expected):
    """Fills weights; returns (momenta, about), or None without a checkpoint. `expected`: key -> (value, how people call it)."""
    path = os.path.join(folder, FILE)
    if not os.path.exists(path):
        return None
    try:
        tensors, about = tensorfile.read(path)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise TrainerError("checkpoint-unreadable", f"The checkpoint '{path}' cannot be read: {problem}. Delete it to start anew.") from problem
    for key, (value, title) in expected.items():
        if about.get(key) != str(value):
            raise TrainerError("checkpoint-mismatch", f"The checkpoint '{path}' is of another {title} ({about.get(key)}, not {value}). "
                               "Choose another folder, or delete it to start anew.")
    momenta = {}
    with torch.no_grad():
        for name, values in tensors.items():
            target = weights.parameters.get(name.removeprefix(MOMENTUM))
            if target is None or tuple(target.shape) != values.shape:
                raise TrainerError("checkpoint-unreadable", f"The checkpoint '{path}' holds '{name}', which this space does not. Delete it to start anew.")
            value = torch.from_numpy(values).to(target.device)
            if name.startswith(MOMENTUM):
                momenta[name.removeprefix(MOMENTUM)] = torch.empty_like(target).copy_(value)
            else:
                target.copy_(value)
    return momenta, about


def array(tensor):
    return tensor.detach().cpu().contiguous().numpy()
