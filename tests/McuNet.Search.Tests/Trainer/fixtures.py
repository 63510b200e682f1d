"""A tiny space and a tiny data set that a network can learn: bright squares in one of four quarters."""

import json
import os
import random
import socket
import sys
import tempfile

import numpy as np

SOURCES = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "src", "McuNet.Search", "Trainer"))
sys.path.insert(0, SOURCES)
sys.dont_write_bytecode = True
os.environ["PYTHONPATH"] = SOURCES

SPACE = {
    "version": 1, "name": "tiny", "resolutions": [12, 16], "widths": [0.5, 1.0], "input": {"channels": 1}, "classes": 4,
    "rounding": {"divisor": 4, "minimum": 4, "keep": 0.9}, "activation": "relu6",
    "stem": {"out": 8, "kernel": 3, "stride": 2}, "first": {"out": 8, "kernel": [3, 5], "stride": 1},
    "stages": [
        {"out": 12, "stride": 2, "depth": [1, 2], "kernel": [3, 5, 7], "expand": [1, 2, 3], "width": [0.5, 1.0]},
        {"out": 16, "stride": 1, "depth": [0, 1], "kernel": [3, 5], "expand": [2, 3], "width": [1.0]}],
    "head": {"out": 0}, "residual": "after-first"}


def samples(seed=0, count=3):
    from mcunet_train.space import Space
    space, generator = Space(SPACE), random.Random(seed)
    return space, [space.sample(generator) for _ in range(count)]


def pictures(count, seed=0):
    generator = np.random.Generator(np.random.PCG64(seed))
    labels = generator.integers(0, 4, count).astype(np.uint8)
    images = generator.integers(0, 90, (count, 1, 16, 16)).astype(np.uint8)
    for image, label in zip(images, labels):
        y, x = 8 * (label // 2), 8 * (label % 2)
        image[0, y + 1:y + 7, x + 1:x + 7] += 120
    return images, labels


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Folder:
    """A temporary folder with a data set file."""

    def __init__(self, **changes):
        self.temporary = tempfile.TemporaryDirectory()
        self.path = self.temporary.name
        x, y = pictures(400)
        tx, ty = pictures(120, seed=1)
        np.savez(os.path.join(self.path, "train.npz"), x=x, y=y)
        np.savez(os.path.join(self.path, "test.npz"), x=tx, y=ty)
        self.dataset = self.write("data.json", {
            "version": 1, "name": "quarters", "format": "npz", "train": {"path": "train.npz"}, "test": {"path": "test.npz"},
            "validation": {"count": 100}, "augment": {"crop": 1}, **changes})

    def write(self, name, value):
        path = os.path.join(self.path, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)
        return path

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()


def session(folder, directory="checkpoints", seed=3, **more):
    """An initialised session and the events it sends."""
    from mcunet_train.cluster import Cluster
    from mcunet_train.session import Session
    events = []
    made = Session(Cluster(False), events.append)
    made.init({"space": SPACE, "dataset": folder.dataset, "seed": seed, "directory": os.path.join(folder.path, directory), **more})
    return made, events
