"""The operations of the protocol; each takes a request and returns what the reply says besides id and ok."""

import errno
import os
import random
import sys

import numpy as np
import torch

from . import PROTOCOL, VERSION, checkpoint, dataset, ranking, tensorfile
from .errors import TrainerError
from .forward import Folded, forward
from .measuring import accuracy_of, checked_fold, fold, measure, recalibrate, samples
from .pixels import network_input, resize
from .sorting import sort_channels
from .space import Space, digest
from .training import Recipe, Trainer
from .weights import Standalone, Supernet, to_device

STAGES = ("largest", "elastic")


class Session:
    """State between requests: space, data, supernet, and how far it is trained. `emit` sends an event."""

    def __init__(self, cluster, emit):
        self.cluster, self.emit = cluster, emit
        self.supernet = None
        self.stage, self.step, self.total, self.momenta = None, 0, 0, {}

    def hello(self, request):
        if request.get("protocol", PROTOCOL) != PROTOCOL:
            raise TrainerError("protocol", f"This trainer speaks protocol {PROTOCOL}, not {request['protocol']}.")
        self.cluster.usable()
        return {"protocol": PROTOCOL, "name": "mcunet-train", "version": VERSION, "python": sys.version.split()[0], "torch": torch.__version__,
                "device": torch.cuda.get_device_name() if self.cluster.device.type == "cuda" else "cpu", "processes": self.cluster.size,
                "threads": torch.get_num_threads(), "amp": self.cluster.amp}

    def init(self, request):
        self.supernet = None
        self.cluster.usable()
        self.space, self.seed, self.folder = Space(need(request, "space")), int(need(request, "seed")), need(request, "directory")
        os.makedirs(self.folder, exist_ok=True)
        path, loaded = need(request, "dataset"), []
        # One process decodes images; the others read its cache.
        self.cluster.first(lambda: loaded.append(dataset.load(path, self.folder)))
        data = loaded[0] if loaded else dataset.load(path, self.folder)
        self.check(data)
        self.data = data if self.cluster.device.type == "cpu" else dataset.on_device(data, self.cluster.device)
        weights = to_device(Supernet(self.space, self.seed), self.cluster.device)
        self.stage, self.step, self.total, self.momenta = None, 0, 0, {}
        if request.get("resume", True):
            self.resume(weights)
        self.supernet = weights
        return {"space": self.space.identity, "dataset": self.describe(), "stage": self.stage, "step": self.step, "steps": self.total,
                "parameters": sum(p.numel() for p in weights.parameters.values())}

    def check(self, data):
        if len(data.classes) != self.space.classes:
            raise TrainerError("dataset-mismatch", f"Data set '{data.name}' has {len(data.classes)} classes, the search space {self.space.classes}.")
        if data.train.images.shape[1] != self.space.channels:
            raise TrainerError("dataset-mismatch", f"Images of '{data.name}' have {data.train.images.shape[1]} channels, the search space's input {self.space.channels}.")

    def describe(self):
        data = self.data
        return {"name": data.name, "identity": data.identity, "classes": list(data.classes), "shape": list(data.train.images.shape[1:]),
                "train": len(data.train), "validation": len(data.validation), "test": len(data.test)}

    def resume(self, weights):
        found = checkpoint.load(self.folder, weights, {
            "space": (self.space.identity, "search space"), "dataset": (self.data.identity, "data set"), "seed": (self.seed, "seed")})
        if found:
            self.momenta, about = found
            self.stage, self.step, self.total, self.recipe = about["stage"], int(about["step"]), int(about["steps"]), about["recipe"]

    def train(self, request):
        weights, stage, recipe = self.ready(), need(request, "stage"), Recipe.of(request)
        if recipe.average or recipe.distillation:
            raise TrainerError("bad-request", "average and distillation are for networks on their own, not for a supernet.")
        if stage not in STAGES:
            raise TrainerError("bad-request", f"Stage '{stage}' is not one of {', '.join(STAGES)}.")
        identity = digest([repr(value) for value in (recipe.steps, recipe.batch, recipe.learning_rate, recipe.momentum, recipe.weight_decay,
                                                     recipe.label_smoothing, recipe.warmup, recipe.subnets, recipe.schedule, recipe.nesterov, self.cluster.size)])
        start = self.position(stage, recipe, identity)
        if start < recipe.steps:
            self.run(weights, stage, recipe, identity, start)
        return {"stage": self.stage, "step": self.step, "steps": self.total, "cancelled": self.step < recipe.steps, "checkpoint": os.path.join(self.folder, checkpoint.FILE)}

    def position(self, stage, recipe, identity):
        """Where training goes on: at the start of a stage, or in the middle with the same recipe."""
        if self.stage == stage and (self.step < self.total or self.recipe == identity):
            if self.recipe != identity:
                raise TrainerError("recipe-mismatch", f"Stage {stage} stopped at step {self.step} of {self.total} under other settings. Use the same ones, or another folder.")
            return self.step
        if self.stage is not None and self.step < self.total:
            raise TrainerError("bad-request", f"Stage {self.stage} stopped at step {self.step} of {self.total}; finish it before stage {stage}.")
        if self.stage is not None and STAGES.index(self.stage) >= STAGES.index(stage):
            raise TrainerError("bad-request", f"Stage {self.stage} is finished; stage {stage} cannot be trained now. Use another folder.")
        return 0

    def run(self, weights, stage, recipe, identity, start):
        if start == 0:
            self.momenta = {}
            if stage == "elastic":
                sort_channels(weights)
        largest = weights.network
        draw = (lambda _: [largest]) if stage == "largest" else lambda g: [self.space.resolve(self.space.sample(g)) for _ in range(recipe.subnets)]
        trainer = Trainer(self.space, self.data, weights, recipe, draw, f"{self.seed}/{stage}", self.cluster)
        trainer.optimizer.momenta = self.momenta

        def keep(done, momenta, last):
            self.stage, self.step, self.total, self.recipe, self.momenta = stage, done, recipe.steps, identity, momenta
            self.cluster.first(lambda: self.save(weights, last))
        try:
            trainer.run(start, self.reporter("train", stage, recipe), keep)
        except BaseException:
            # The weights in memory may be ahead of the last checkpoint, or ruined: the next init reads the checkpoint.
            self.supernet = None
            raise

    def save(self, weights, last):
        about = {"space": self.space.identity, "dataset": self.data.identity, "seed": self.seed, "stage": self.stage, "step": self.step,
                 "steps": self.total, "recipe": self.recipe}
        try:
            checkpoint.save(self.folder, weights, self.momenta, about)
        except OSError as problem:
            message = f"The checkpoint in '{self.folder}' cannot be written: {problem.strerror}. The previous one is kept."
            if last:
                raise TrainerError("disk-full" if problem.errno == errno.ENOSPC else "not-written", message) from problem
            self.emit({"event": "warning", "code": "checkpoint-not-written", "message": message})
            return
        self.emit({"event": "checkpoint", "stage": self.stage, "step": self.step})

    def reporter(self, op, stage, recipe):
        def progress(done, loss, accuracy, speed):
            self.emit({"event": "progress", "op": op, "stage": stage, "step": done, "steps": recipe.steps, "loss": round(loss, 5),
                       "accuracy": round(accuracy, 5), "imagesPerSecond": round(speed, 1), "learningRate": round(recipe.rate(done - 1), 6)})
        return progress

    def eval(self, request):
        self.ready()
        architectures, split = need(request, "architectures"), self.filled(request.get("split", "validation"), request.get("limit"))
        networks = [self.space.resolve(a) for a in architectures]
        weights = self.weights_of(request.get("weights"), networks)
        done = iter(range(1, len(networks) + 1))

        def work(network):
            self.cluster.stop_if_cancelled()
            accuracy = measure(network, weights, self.space, self.data, split, self.seed, self.cluster.device)
            self.emit({"event": "progress", "op": "eval", "step": next(done), "steps": len(networks)})
            return accuracy
        return {"split": request.get("split", "validation"), "images": len(split), "accuracies": self.cluster.spread(networks, work)}

    def filled(self, name, limit=None):
        split = self.data.split(name)
        if len(split) == 0:
            raise TrainerError("bad-request", f"Data set '{self.data.name}' has no {name} split.")
        return dataset.Split(split.images[:limit], split.labels[:limit])

    def rank(self, request):
        self.ready()
        generator = random.Random(f"{self.seed}/rank")
        architectures = request.get("architectures") or [self.space.sample(generator) for _ in range(int(request.get("count", 16)))]
        return ranking.check(self, architectures, request.get("against", "macs"), request)

    def finetune(self, request):
        """One network trained by all processes; one that was finished before, by all or by one of them, is only measured."""
        alone = self.cluster.alone()
        name, _ = self.named(request, alone)
        if self.cluster.share(os.path.exists(self.weights_path(name))):
            return self.tuned(request, alone)
        return self.tuned(request, self.cluster)

    def trainings(self, request):
        """Fine-tunings of many networks, each by one process; all processes take their part. What is on disk is not trained again."""
        self.ready()
        wanted = need(request, "trainings")
        for one in wanted:
            self.named(one, self.cluster)
        alone = self.cluster.alone()

        def attempt(one):
            try:
                return self.tuned(one, alone), None
            except TrainerError as problem:
                return None, (problem.code, problem.message)
        answers = self.cluster.spread(wanted, attempt)
        for _, failure in answers:
            if failure:
                raise TrainerError(*failure)
        return {"trainings": [answer for answer, _ in answers], "cancelled": any(answer["cancelled"] for answer, _ in answers)}

    def named(self, request, cluster):
        """The name of the weights that a fine-tuning gives, and what it needs to know; a wrong request is an error."""
        self.ready()
        architecture, recipe = need(request, "architecture"), Recipe.of({"label_smoothing": 0.0, **request})
        network, origin = self.space.resolve(architecture), request.get("from", "supernet")
        if origin not in ("supernet", "random"):
            raise TrainerError("bad-request", f"'{origin}' is neither supernet nor random.")
        seed, teacher = int(request.get("seed") or self.seed), request.get("teacher")
        # What weights a training gives depends on the supernet only where it begins with it.
        begin = [self.stage, self.step] if origin == "supernet" else []
        name = "ft-" + digest([architecture, repr(recipe), origin, seed, begin, teacher, cluster.size])
        return name, (network, recipe, origin, seed, teacher)

    def tuned(self, request, cluster):
        """Trains with the processes of `cluster`, unless the weights are there, and measures."""
        name, (network, recipe, origin, seed, teacher) = self.named(request, cluster)
        if not cluster.share(os.path.exists(self.weights_path(name))):
            own = Standalone.copy(network, self.supernet) if origin == "supernet" else Standalone.fresh(self.space, network, seed + 1)
            if not self.train_alone(own, recipe, f"{seed}/{name}", "finetune", cluster, self.taught(teacher)):
                return {"weights": None, "accuracy": None, "cancelled": True}
            self.written(self.weights_path(name), {key: checkpoint.array(value) for key, value in own.parameters.items()},
                         {"architecture": digest(request["architecture"]), "space": self.space.identity, "dataset": self.data.identity}, cluster)
        own = self.weights_of(name, [network])
        accuracy = measure(network, own, self.space, self.data, self.filled("validation"), self.seed, self.cluster.device)
        return {"weights": name, "accuracy": accuracy, "cancelled": False}

    def taught(self, teacher):
        """The logits of a teacher {architecture, weights} for images as the data set stores them; None without one."""
        if teacher is None:
            return None
        network = self.space.resolve(need(teacher, "architecture"))
        weights = self.weights_of(need(teacher, "weights"), [network])
        folded = Folded(fold(network, weights, recalibrate(network, weights, self.space, self.data, self.seed, self.cluster.device)), self.space.ceiling)
        return lambda images: forward(network, network_input(resize(images, network.resolution)), folded, folded.classifier)

    def train_alone(self, own, recipe, key, op, cluster, teacher=None):
        """Trains a network on its own; False when cancelled."""
        to_device(own, cluster.device)
        trainer = Trainer(self.space, self.data, own, recipe, lambda _: [own.network], key, cluster, teacher)
        return trainer.run(0, self.reporter(op, op, recipe), lambda *_, **__: None) == recipe.steps

    def weights_path(self, name):
        if os.path.basename(name) != name:
            raise TrainerError("bad-request", f"'{name}' is no name of weights.")
        return os.path.join(self.folder, name + ".safetensors")

    def weights_of(self, name, networks):
        """The supernet's weights, or those that a fine-tuning left under a name."""
        if name is None:
            return self.supernet
        try:
            tensors, _ = tensorfile.read(self.weights_path(name))
        except (OSError, ValueError, KeyError) as problem:
            raise TrainerError("weights-unknown", f"There are no weights '{name}' in '{self.folder}': {problem}.") from problem
        for network in networks:
            for conv in network.convs():
                if conv.name + ".weight" not in tensors or tensors[conv.name + ".weight"].shape != conv.shape:
                    raise TrainerError("weights-unknown", f"The weights '{name}' are of another architecture: '{conv.name}' differs.")
        return to_device(Standalone(networks[0], {key: torch.from_numpy(value) for key, value in tensors.items()}), self.cluster.device)

    def export(self, request):
        self.ready()
        network, path = self.space.resolve(need(request, "architecture")), need(request, "path")
        weights = self.weights_of(request.get("weights"), [network])
        tensors, difference = checked_fold(network, weights, self.space, self.data, self.seed, self.cluster.device)
        accuracy = accuracy_of(network, tensors, self.space, self.filled("validation"), self.cluster.device)
        self.written(path, {name: checkpoint.array(tensor) for name, tensor in tensors.items()}, {"architecture": digest(request["architecture"])})
        if request.get("samples") is not None:
            images, logits = samples(network, tensors, self.space, self.data, self.cluster.device)
            self.written(request["samples"], {"x": checkpoint.array(images), "logits": checkpoint.array(logits)}, {})
        return {"path": path, "accuracy": accuracy, "difference": difference}

    def calibset(self, request):
        """Images as the network sees them: [N, C, R, R] float32 and int64 labels, evenly drawn with the seed."""
        self.ready()
        name, path, resolution = request.get("split", "train"), need(request, "path"), need(request, "resolution")
        split = self.filled(name)
        count = len(split) if request.get("count") is None else min(int(request["count"]), len(split))
        chosen = sorted(random.Random(f"{self.seed}/calibset").sample(range(len(split)), count))
        images = network_input(resize(split.images[chosen].cpu(), resolution)).contiguous().numpy()
        self.written(path, {"x": images, "y": split.labels[chosen].cpu().numpy().astype(np.int64)}, {"split": name, "dataset": self.data.identity})
        return {"path": path, "count": count, "shape": list(images.shape)}

    def written(self, path, tensors, about, cluster=None):
        """Only the first process of a cluster writes."""
        def write():
            try:
                tensorfile.write(path, tensors, about)
            except OSError as problem:
                raise TrainerError("disk-full" if problem.errno == errno.ENOSPC else "not-written", f"'{path}' cannot be written: {problem.strerror}.") from problem
        (cluster or self.cluster).first(write)

    def ready(self):
        if self.supernet is None:
            raise TrainerError("not-initialised", "There is no supernet: init comes first.")
        return self.supernet


def need(request, key):
    if request.get(key) is None:
        raise TrainerError("bad-request", f"The request has no '{key}'.")
    return request[key]
