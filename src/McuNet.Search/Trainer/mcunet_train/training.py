"""Training by steps. What step t does depends on seed, stage and t alone, so a resumed run equals an uninterrupted one."""

import math
import random
import time
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F

from .errors import TrainerError
from .forward import BatchNormalised, forward
from .pixels import augment, network_input, resize
from .replay import Replay
from .weights import Standalone


SCHEDULES = ("cosine", "onecycle")
ONE_CYCLE_RISE, ONE_CYCLE_START = 0.3, 25
TEMPERATURE = 2.0


@dataclass(frozen=True)
class Recipe:
    """
    How a stage trains. batch counts the images of all processes; learning_rate is that of a batch of 256 and scales with it; subnets are drawn per batch in stage elastic, their
    gradients added. Schedule cosine decays to zero after a linear warm-up of `warmup` steps; onecycle (Smith and Topin 2017) rises from a 25th of the peak over the
    first 30 % of the steps and falls to zero, both along half a cosine. average > 0 ends with the weights' exponential moving average of that decay. distillation
    is the share of the loss that is the distance to a teacher's softened answer.
    """

    steps: int
    batch: int = 256
    learning_rate: float = 0.05
    momentum: float = 0.9
    weight_decay: float = 4e-5
    label_smoothing: float = 0.1
    warmup: int = 0
    subnets: int = 4
    schedule: str = "cosine"
    nesterov: bool = False
    average: float = 0.0
    distillation: float = 0.0
    checkpoint_every: int = 200
    progress_every: int = 10

    @staticmethod
    def of(request):
        """Takes known fields of a request; a value out of range is an error."""
        recipe = Recipe(**{field.name: request[field.name] for field in fields(Recipe) if request.get(field.name) is not None})
        for name in ("steps", "batch", "subnets", "checkpoint_every", "progress_every"):
            if type(getattr(recipe, name)) is not int or getattr(recipe, name) < 1:
                raise TrainerError("bad-request", f"{name} is {getattr(recipe, name)}; it must be a whole number of at least 1.")
        for name in ("learning_rate", "momentum", "weight_decay", "label_smoothing", "warmup"):
            if type(getattr(recipe, name)) not in (int, float) or not 0 <= getattr(recipe, name) < math.inf:
                raise TrainerError("bad-request", f"{name} is {getattr(recipe, name)}; it must be a number of at least 0.")
        for name in ("average", "distillation"):
            if type(getattr(recipe, name)) not in (int, float) or not 0 <= getattr(recipe, name) < 1:
                raise TrainerError("bad-request", f"{name} is {getattr(recipe, name)}; it must be a number from 0 to below 1.")
        if recipe.schedule not in SCHEDULES:
            raise TrainerError("bad-request", f"Schedule '{recipe.schedule}' is not one of {', '.join(SCHEDULES)}.")
        if type(recipe.nesterov) is not bool:
            raise TrainerError("bad-request", f"nesterov is {recipe.nesterov}; it must be true or false.")
        return recipe

    def rate(self, step):
        peak = self.learning_rate * self.batch / 256
        if self.schedule == "onecycle":
            rising = ONE_CYCLE_RISE * self.steps
            if step < rising:
                return peak * between(1 / ONE_CYCLE_START, 1, step / rising)
            return peak * between(1, 0, (step - rising) / max(1, self.steps - rising))
        if step < self.warmup:
            return peak * (step + 1) / self.warmup
        done = (step - self.warmup) / max(1, self.steps - self.warmup)
        return peak * between(1, 0, done)


def between(start, end, done):
    """Half a cosine from start to end; done from 0 to 1."""
    return end + (start - end) * 0.5 * (1 + math.cos(math.pi * done))


class Optimizer:
    """Stochastic gradient descent with momentum; no weight decay on biases and batch norm. Its state is name -> momentum."""

    def __init__(self, parameters, recipe):
        self.parameters = parameters
        self.recipe = recipe
        self.momenta = {}

    @torch.no_grad()
    def step(self, rate):
        """One call for the tensors of all layers: on a GPU few kernels in place of some hundred."""
        moved = {name: parameter for name, parameter in self.parameters.items() if parameter.grad is not None}
        gradients = {name: parameter.grad for name, parameter in moved.items()}
        decayed = [name for name in moved if name.endswith(".weight")]
        sums = torch._foreach_add([gradients[name] for name in decayed], [moved[name] for name in decayed], alpha=self.recipe.weight_decay)
        gradients |= zip(decayed, sums)
        known = [name for name in moved if name in self.momenta]
        if known:
            momenta = [self.momenta[name] for name in known]
            torch._foreach_mul_(momenta, self.recipe.momentum)
            torch._foreach_add_(momenta, [gradients[name] for name in known])
        self.momenta |= {name: gradients[name].clone() for name in moved if name not in self.momenta}
        change = [self.momenta[name] for name in moved]
        if self.recipe.nesterov:
            change = torch._foreach_add([gradients[name] for name in moved], change, alpha=self.recipe.momentum)
        torch._foreach_sub_(list(moved.values()), change, alpha=rate)
        for parameter in moved.values():
            parameter.grad = None


class Trainer:
    """Runs steps of one stage on some weights; `draw(generator)` gives the networks of a step, `teacher(images)` the logits to learn from."""

    def __init__(self, space, dataset, weights, recipe, draw, key, cluster, teacher=None):
        self.space, self.dataset, self.weights, self.recipe = space, dataset, weights, recipe
        self.draw, self.key, self.cluster, self.teacher = draw, key, cluster, teacher
        self.average = None
        self.optimizer = Optimizer(weights.parameters, recipe)
        self.graph = None
        self.batch = max(1, min(recipe.batch, len(dataset.train)) // cluster.size)
        self.epoch = (-1, None)

    def run(self, start, progress, checkpoint):
        """
        Steps from `start` to the end, or to a cancellation; returns the number of steps done. Loss and accuracy are read, and the device
        waited for, where they are reported or kept, and before that nowhere.
        """
        unread, window, began, images = [], [], time.perf_counter(), 0
        for step in range(start, self.recipe.steps):
            unread.append(self.step(step))
            images += self.batch * self.cluster.size
            done = step + 1
            last, kept, told = (done == self.recipe.steps, done % self.recipe.checkpoint_every == 0, done % self.recipe.progress_every == 0)
            cancelled = self.cluster.size == 1 and self.cluster.cancel.is_set()
            if last or kept or told or cancelled:
                read = torch.stack(unread).tolist()
                lost = next((i for i, figures in enumerate(read) if not math.isfinite(figures[0])), None)
                if lost is not None:
                    place = f"step {done - len(read) + 1 + lost} of {self.recipe.steps}"
                    raise TrainerError("diverged", f"The loss is {read[lost][0]} at {place}. "
                                       "Lower the learning rate; the last checkpoint is kept.")
                cancelled = cancelled or read[-1][2] > 0
                window, unread = window + read, []
            if last or told:
                elapsed = time.perf_counter() - began
                progress(done, *(sum(figures[i] for figures in window) / len(window) for i in (0, 1)), images / elapsed)
                window, began, images = [], time.perf_counter(), 0
            if last or kept or cancelled:
                checkpoint(done, self.optimizer.momenta, last=cancelled or last)
            if cancelled:
                return done
        return self.recipe.steps

    def step(self, step):
        """One update from all networks of the step; their mean loss and accuracy over all processes and the share cancelled, [3] on the device."""
        images, labels = self.batch_of(step)
        networks = self.draw(random.Random(f"{self.key}/{step}"))
        answer = self.answer(images)
        figures = sum(self.backward(network, network_input(resize(images, network.resolution)), labels, answer) for network in networks)
        totals = self.cluster.average(self.weights.parameters, figures / len(networks))
        self.optimizer.step(self.recipe.rate(step))
        self.follow(step)
        return totals

    def backward(self, network, x, labels, answer):
        """Adds the gradients of one network; its loss and accuracy, [2]. Where one network is all there is, CUDA replays its first step."""
        if not (self.cluster.graphs and isinstance(self.weights, Standalone)):
            return self.gradients(network, x, labels, answer)
        if self.graph is None:
            inputs = [x, labels] if answer is None else [x, labels, answer]
            self.graph = Replay(lambda x, labels, answer=None: self.gradients(network, x, labels, answer), inputs, self.weights.parameters)
        return self.graph(*([x, labels] if answer is None else [x, labels, answer]))

    def gradients(self, network, x, labels, answer):
        with self.cluster.precision():
            logits = forward(network, x, BatchNormalised(self.weights, self.space.ceiling), self.weights.classifier)
            loss = self.loss(logits.float(), labels, answer)
        loss.backward()
        return torch.stack([loss.detach(), (logits.detach().argmax(1) == labels).float().mean()])

    @torch.no_grad()
    def answer(self, images):
        """The teacher's softened answer, [N, classes]; None without a teacher."""
        if self.teacher is None or self.recipe.distillation == 0:
            return None
        with self.cluster.precision():
            return F.softmax(self.teacher(images).float() / TEMPERATURE, 1)

    def loss(self, logits, labels, answer):
        """Cross entropy, and the share of the recipe for the teacher's softened answer (Hinton et al. 2015)."""
        loss = F.cross_entropy(logits, labels, label_smoothing=self.recipe.label_smoothing)
        if answer is None:
            return loss
        distance = F.kl_div(F.log_softmax(logits / TEMPERATURE, 1), answer, reduction="batchmean") * TEMPERATURE ** 2
        return (1 - self.recipe.distillation) * loss + self.recipe.distillation * distance

    @torch.no_grad()
    def follow(self, step):
        """The moving average of the weights, which weighs the first steps as a mean does, and takes their place after the last step."""
        if self.recipe.average == 0:
            return
        if self.average is None:
            self.average = {name: p.detach().clone() for name, p in self.weights.parameters.items()}
        keep = min(self.recipe.average, (step + 1) / (step + 10))
        averages = list(self.average.values())
        torch._foreach_mul_(averages, keep)
        torch._foreach_add_(averages, [self.weights.parameters[name] for name in self.average], alpha=1 - keep)
        if step + 1 == self.recipe.steps:
            for name, parameter in self.weights.parameters.items():
                parameter.copy_(self.average[name])

    def batch_of(self, step):
        """This process's augmented images and labels; each epoch has its own order, and drops the last incomplete batch."""
        whole = self.batch * self.cluster.size
        per_epoch = max(1, len(self.dataset.train) // whole)
        epoch, position = divmod(step, per_epoch)
        if self.epoch[0] != epoch:
            order = torch.randperm(len(self.dataset.train), generator=seeded(f"{self.key}/epoch/{epoch}"))
            self.epoch = (epoch, order.to(self.dataset.train.images.device))
        first = position * whole + self.batch * self.cluster.rank
        chosen = self.epoch[1][torch.arange(first, first + self.batch, device=self.epoch[1].device) % len(self.dataset.train)]
        images, labels = self.dataset.train.images[chosen], self.dataset.train.labels[chosen]
        generator = seeded(f"{self.key}/augment/{step}/{self.cluster.rank}")
        return augment(images, self.dataset.crop, self.dataset.flip, generator).to(self.cluster.device), labels.to(self.cluster.device)


def seeded(text):
    """A generator of tensors whose seed is a hash of the text."""
    return torch.Generator().manual_seed(random.Random(text).getrandbits(63))
