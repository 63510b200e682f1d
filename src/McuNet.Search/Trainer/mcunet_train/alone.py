"""
python3 -m mcunet_train.alone: trains one network of a space from random weights, and prints a JSON line per report and a last one with
accuracy, images per second and seconds. Under torchrun a batch is split over all processes.
"""

import argparse
import json
import os
import time

import torch

from .cluster import Cluster
from .errors import TrainerError
from .session import Session


def arguments(words=None):
    parser = argparse.ArgumentParser(prog="mcunet_train.alone", description="Trains one network of a search space from random weights.")
    parser.add_argument("--space", required=True, help="search space file")
    parser.add_argument("--dataset", required=True, help="data set file")
    parser.add_argument("--architecture", help="JSON file of a network; else the largest of the space")
    parser.add_argument("--out", required=True, help="folder of the weights; a training that is finished there is not done again")
    parser.add_argument("--epochs", type=int, default=20, help="over the training images (default 20)")
    parser.add_argument("--batch", type=int, default=128, help="images of all processes (default 128)")
    parser.add_argument("--lr", type=float, default=0.6, help="peak, per 256 images (default 0.6)")
    parser.add_argument("--schedule", default="onecycle", help="onecycle or cosine (default onecycle)")
    parser.add_argument("--smoothing", type=float, default=0.05, help="of labels (default 0.05)")
    parser.add_argument("--average", type=float, default=0.0, help="decay of a moving average of the weights (default 0, none)")
    parser.add_argument("--seed", type=int, default=1, help="of weights and order of images (default 1)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of this process (default 1)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--no-amp", dest="amp", action="store_false", help="on CUDA, float32 throughout instead of bfloat16")
    parser.add_argument("--no-graphs", dest="graphs", action="store_false", help="on CUDA, start every kernel of every step")
    parser.add_argument("--test", action="store_true", help="measure on the test split at the end")
    return parser.parse_args(words)


def train(options, tell):
    """Trains; `tell` gets the events. Returns the last line."""
    torch.set_num_threads(max(1, options.threads))
    cluster = Cluster(options.amp, options.device)
    cluster.graphs = cluster.graphs and options.graphs
    began = time.perf_counter()
    speeds = []

    def emit(event):
        event["seconds"] = round(time.perf_counter() - began, 1)
        if event.get("op") == "finetune":
            speeds.append(event["imagesPerSecond"])
        if cluster.speaks:
            tell(event)
    session = Session(cluster, emit)
    session.init({"space": loaded(options.space), "dataset": options.dataset, "seed": options.seed, "directory": options.out})
    architecture = session.space.largest() if options.architecture is None else loaded(options.architecture)
    steps = options.epochs * max(1, len(session.data.train) // min(options.batch, len(session.data.train)))
    tuned = session.finetune({
        "architecture": architecture, "from": "random", "steps": steps, "batch": options.batch, "learning_rate": options.lr,
        "nesterov": True, "schedule": options.schedule, "label_smoothing": options.smoothing, "average": options.average,
        "progress_every": max(1, steps // (4 * options.epochs))})
    result = {"weights": tuned["weights"], "macs": session.space.resolve(architecture).macs(), "device": session.hello({})["device"],
              "validation": tuned["accuracy"], "seconds": round(time.perf_counter() - began, 1),
              "imagesPerSecond": sorted(speeds)[len(speeds) // 2] if speeds else None}
    if options.test:
        result["test"], = session.eval({"architectures": [architecture], "weights": tuned["weights"], "split": "test"})["accuracies"]
    return result


def loaded(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    def tell(line):
        print(json.dumps(line), flush=True)
    try:
        result = train(arguments(), tell)
    except TrainerError as problem:
        print(f"mcunet_train: {problem.message} ({problem.code})", flush=True)
        return 1
    if int(os.environ.get("RANK", "0")) == 0:
        tell(result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
