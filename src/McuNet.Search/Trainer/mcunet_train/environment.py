"""What the trainer needs and what is there: mcunet train --check."""

import importlib
import json
import platform

NEEDED = {"torch": "python3-torch", "numpy": "python3-numpy"}
OPTIONAL = {"PIL": "python3-pil"}


def check(dataset):
    found = {"python": platform.python_version(), "modules": {}, "missing": [], "cuda": None, "dataset": None}
    for name, package in {**NEEDED, **OPTIONAL}.items():
        try:
            found["modules"][name] = str(importlib.import_module(name).__version__)
        except ImportError:
            found["modules"][name] = None
            found["missing"].append({"module": name, "package": package, "needed": name in NEEDED})
    if found["modules"]["torch"]:
        import torch
        found["cuda"] = torch.cuda.get_device_name() if torch.cuda.is_available() else None
        if dataset and found["modules"]["numpy"]:
            found["dataset"] = inspect(dataset)
    print(json.dumps(found))
    return 0


def inspect(path):
    from .dataset import load
    from .errors import TrainerError
    try:
        data = load(path)
    except TrainerError as problem:
        return {"error": problem.message}
    return {"name": data.name, "classes": list(data.classes), "shape": list(data.train.images.shape[1:]),
            "train": len(data.train), "validation": len(data.validation), "test": len(data.test)}
