"""Batch norm re-calibration, folding, and accuracy."""

import random

import torch

from .errors import TrainerError
from .forward import EPSILON, BatchNormalised, Folded, Recording, forward
from .pixels import network_input, resize

CALIBRATION_BATCHES, CALIBRATION_BATCH = 20, 64
TEST_BATCH = 250
TOLERANCE = 1e-4


def calibration_indices(dataset, count, seed):
    """Which training images calibrate: the same for every network of a seed."""
    generator = random.Random(f"{seed}/calibration")
    total = len(dataset.train)
    return generator.sample(range(total), count) if count <= total else generator.choices(range(total), k=count)


@torch.no_grad()
def recalibrate(network, weights, space, dataset, seed, device):
    """Mean and variance of every convolution's output, over 20 batches of 64 training images without augmentation."""
    images = dataset.train.images[calibration_indices(dataset, CALIBRATION_BATCHES * CALIBRATION_BATCH, seed)]
    recording = Recording(weights, space.ceiling)
    for batch in images.split(CALIBRATION_BATCH):
        forward(network, network_input(resize(batch.to(device), network.resolution)), recording, weights.classifier)
        recording.batches += 1
    return recording.statistics()


@torch.no_grad()
def fold(network, weights, statistics):
    """Batch norm folded into convolutions: name.weight, name.bias and the classifier, float32."""
    tensors = {}
    for conv in network.convs():
        gamma, beta = weights.affine(conv)
        mean, variance = statistics[conv.name]
        scale = gamma / torch.sqrt(variance + EPSILON)
        tensors[conv.name + ".weight"] = (weights.weight(conv) * scale[:, None, None, None]).contiguous(memory_format=torch.channels_last)
        tensors[conv.name + ".bias"] = beta - mean * scale
    weight, bias = weights.classifier(network.features)
    tensors["classifier.weight"], tensors["classifier.bias"] = weight.contiguous(), bias.clone()
    return tensors


class Calibrated(BatchNormalised):
    """Unfolded inference with given statistics; the independent check of folding."""

    def __init__(self, source, ceiling, statistics):
        super().__init__(source, ceiling)
        self.statistics = statistics

    def normalise(self, conv, y, gamma, beta):
        mean, variance = self.statistics[conv.name]
        return torch.nn.functional.batch_norm(y, mean, variance, gamma, beta, training=False, eps=EPSILON)


@torch.no_grad()
def folding_error(network, weights, space, statistics, tensors, images):
    """Largest difference of a logit, relative to the largest logit, between folded and unfolded inference."""
    x = network_input(resize(images, network.resolution))
    exact = forward(network, x, Calibrated(weights, space.ceiling, statistics), weights.classifier)
    folded = Folded(tensors, space.ceiling)
    return float((forward(network, x, folded, folded.classifier) - exact).abs().max() / exact.abs().max().clamp(min=1))


def checked_fold(network, weights, space, dataset, seed, device):
    """Folded tensors that compute what the network computes, or an error; with the difference found."""
    statistics = recalibrate(network, weights, space, dataset, seed, device)
    tensors = fold(network, weights, statistics)
    difference = folding_error(network, weights, space, statistics, tensors, dataset.validation.images[:64].to(device))
    if not difference <= TOLERANCE:
        raise TrainerError("export-differs", f"The folded network differs from the trained one by {difference:.2e} of the largest logit, more than {TOLERANCE}.")
    return tensors, difference


@torch.no_grad()
def accuracy_of(network, tensors, space, split, device):
    """The share of a split's images whose largest logit is at their label."""
    folded, right = Folded(tensors, space.ceiling), torch.zeros((), dtype=torch.int64, device=device)
    for start in range(0, len(split), TEST_BATCH):
        x = network_input(resize(split.images[start:start + TEST_BATCH].to(device), network.resolution))
        right += (forward(network, x, folded, folded.classifier).argmax(1) == split.labels[start:start + TEST_BATCH].to(device)).sum()
    return int(right) / len(split)


def measure(network, weights, space, dataset, split, seed, device):
    """Accuracy after re-calibration."""
    statistics = recalibrate(network, weights, space, dataset, seed, device)
    return accuracy_of(network, fold(network, weights, statistics), space, split, device)


@torch.no_grad()
def samples(network, tensors, space, dataset, device):
    """Eight validation images as the network sees them, [8, C, R, R], and the logits of the folded network, [8, classes]."""
    x = network_input(resize(dataset.validation.images[:8].to(device), network.resolution))
    folded = Folded(tensors, space.ceiling)
    return x, forward(network, x, folded, folded.classifier)
