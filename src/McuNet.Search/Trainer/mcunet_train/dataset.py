"""A data set file, a small JSON (docs/training.md), becomes three splits of uint8 images in memory."""

import hashlib
import json
import os
from dataclasses import dataclass, replace

import numpy as np
import torch

from . import sources
from .errors import TrainerError
from .space import digest

KNOWN = {"version", "name", "format", "train", "test", "shape", "layout", "size", "channels", "names", "classes", "validation", "limit", "augment"}


@dataclass(frozen=True)
class Split:
    """uint8 images [N, C, H, W] and int64 labels [N]."""

    images: torch.Tensor
    labels: torch.Tensor

    def __len__(self):
        return len(self.labels)

    def to(self, device):
        return Split(self.images.to(device), self.labels.to(device))


@dataclass(frozen=True)
class Dataset:
    """Invariant: validation images are of the training files and not in `train`."""

    name: str
    classes: tuple
    train: Split
    validation: Split
    test: Split
    crop: int
    flip: bool
    identity: str

    def split(self, name):
        if name not in ("train", "validation", "test"):
            raise TrainerError("bad-request", f"Split '{name}' is not one of train, validation, test.")
        return getattr(self, name)


def load(path, cache_folder=None):
    """Reads a data set file; paths in it are relative to it. Decoded image files are cached in cache_folder."""
    try:
        with open(path, encoding="utf-8") as file:
            source = json.load(file)
    except (OSError, ValueError) as problem:
        raise TrainerError("dataset-invalid", f"The data set file '{path}' cannot be read: {getattr(problem, 'strerror', None) or problem}.") from problem
    if not isinstance(source, dict) or source.get("version") != 1:
        raise TrainerError("dataset-invalid", f"The data set file '{path}' must be an object with \"version\": 1.")
    if unknown := set(source) - KNOWN:
        raise TrainerError("dataset-invalid", f"The data set file '{path}' has an unknown field '{min(unknown)}'; known are {', '.join(sorted(KNOWN))}.")
    try:
        return assemble(source, os.path.dirname(os.path.abspath(path)), cache_folder)
    except (KeyError, TypeError, IndexError) as problem:
        raise TrainerError("dataset-invalid", f"The data set file '{path}' lacks or misuses {problem}.") from problem


def assemble(source, folder, cache_folder):
    x, y = read(source, source["train"], folder, cache_folder)
    groups = groups_of(source, y)
    x, y = number(*limited(x, y, source, "train"), groups)
    validation, change = source.get("validation", {}), source.get("augment", {})
    held = int(validation["count"]) if "count" in validation else round(len(y) * validation.get("fraction", 0.1))
    if not 0 < held < len(y):
        raise TrainerError("dataset-invalid", f"A validation split of {held} leaves nothing of {len(y)} training images, or is empty.")
    order = np.random.Generator(np.random.PCG64(validation.get("seed", 0))).permutation(len(y))
    tx, ty = x[:0], y[:0]
    if source.get("test"):
        tx, ty = number(*limited(*read(source, source["test"], folder, cache_folder), source, "test"), groups)
    if tx.shape[1:] != x.shape[1:]:
        raise TrainerError("dataset-invalid", f"Training images are {list(x.shape[1:])}, test images {list(tx.shape[1:])}.")
    content = hashlib.sha256()
    for array in (x, y, tx, ty, order[:held]):
        content.update(np.ascontiguousarray(array).tobytes())
    identity = digest([[list(map(str, members)) for members in groups], list(x.shape), change, content.hexdigest()])
    return Dataset(source.get("name", "dataset"), tuple("+".join(map(str, members)) for members in groups), split(x, y, order[held:]),
                   split(x, y, order[:held]), split(tx, ty, slice(None)), int(change.get("crop", 0)), bool(change.get("flip", False)), identity)


def limited(x, y, source, name):
    """At most so many images as "limit" says, drawn with a fixed seed."""
    count = source.get("limit", {}).get(name)
    if count is None or count >= len(y):
        return x, y
    chosen = np.sort(np.random.Generator(np.random.PCG64(0)).permutation(len(y))[:count])
    return x[chosen], y[chosen]


def split(images, labels, chosen):
    return Split(torch.from_numpy(np.array(images[chosen])), torch.from_numpy(np.array(labels[chosen])))


def read(source, parts, folder, cache_folder):
    """All parts of a split, one after the other; labels become names where the file gives "names"."""
    pieces = [read_part(source, part, folder, cache_folder) for part in (parts if isinstance(parts, list) else [parts])]
    x, y = np.concatenate([x for x, _ in pieces]), np.concatenate([y for _, y in pieces])
    return x, np.array(source["names"])[y] if "names" in source and y.dtype.kind not in "US" else y


def read_part(source, part, folder, cache_folder):
    def file(key):
        return os.path.join(folder, part[key])
    form, layout = source["format"], source.get("layout", "nchw")
    if form == "raw":
        return sources.read_raw(file("images"), file("labels"), source["shape"], layout)
    if form == "idx":
        return sources.read_idx(file("images"), file("labels"))
    if form == "npz":
        return sources.read_npz(file("path"), part.get("images", "x"), part.get("labels", "y"), layout)
    if form == "images":
        return cached(file("path"), part.get("folder", ""), source["size"], source.get("channels", 3), cache_folder)
    raise TrainerError("dataset-invalid", f"Data set format '{form}' is not one of raw, idx, npz, images.")


def cached(path, folder, size, channels, cache_folder):
    """Decoding takes long; a zip file's images are kept as .npz, named for the file's size and time."""
    if cache_folder is None or not os.path.isfile(path):
        return sources.read_images(path, folder, size, channels)
    state = os.stat(path)
    kept = os.path.join(cache_folder, f"images-{digest([state.st_size, state.st_mtime_ns, folder, size, channels])}.npz")
    if os.path.exists(kept):
        return sources.read_npz(kept, "x", "y", "nchw")
    x, y = sources.read_images(path, folder, size, channels)
    temporary = f"{kept}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            np.savez(file, x=x, y=y)
        os.replace(temporary, kept)
    except OSError:
        if os.path.exists(temporary):
            os.remove(temporary)
    return x, y


def groups_of(source, labels):
    """Lists of the labels that make up class 0, 1, ..: "classes" of the file, else "names", else the labels found, in order."""
    listed = source.get("classes") or source.get("names") or sorted(set(labels.tolist()))
    groups = [members if isinstance(members, list) else [members] for members in listed]
    present = set(labels.tolist())
    if missing := [member for members in groups for member in members if member not in present]:
        raise TrainerError("dataset-invalid", f"The training images have no class '{missing[0]}'; they have {', '.join(map(str, sorted(present)))}.")
    return groups


def number(x, y, groups):
    """Images whose label is in a group, and the number of the group."""
    numbers = {member: index for index, members in enumerate(groups) for member in members}
    values = y.tolist()
    kept = np.array([value in numbers for value in values], bool)
    return x[kept], np.array([numbers[value] for value in values if value in numbers], np.int64)


def on_device(data, device):
    """The same with the images that training and search look at again and again on a device."""
    return replace(data, train=data.train.to(device), validation=data.validation.to(device))
