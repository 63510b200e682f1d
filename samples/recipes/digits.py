"""Handwritten digits, a network for them, and its training: what the recipes have in common. Needs PyTorch 1.13 or later and NumPy."""
import gzip
import os

import numpy
import torch
from torch import nn


def idx(folder, name):
    """A file of MNIST as NumPy has it; bytes, packed by gzip or not."""
    path = os.path.join(folder, name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")
    with opened as file:
        data = file.read()
    dims = numpy.frombuffer(data, ">i4", count=data[3], offset=4)
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * data[3]).reshape(dims)


def digits(folder, split):
    """Images [count, 1, 28, 28], (pixel - 128) / 128, and their classes; split is train or t10k."""
    images = torch.from_numpy(idx(folder, f"{split}-images-idx3-ubyte").astype(numpy.float32))
    labels = torch.from_numpy(idx(folder, f"{split}-labels-idx1-ubyte").astype(numpy.int64))
    return (images.unsqueeze(1) - 128) / 128, labels


def layer(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


def network():
    """Depthwise separable convolutions, 4,506 weights."""
    return nn.Sequential(
        layer(1, 16, 3, stride=2),
        layer(16, 16, 3, groups=16), layer(16, 32, 1),
        layer(32, 32, 3, stride=2, groups=32), layer(32, 64, 1),
        layer(64, 64, 3, groups=64), layer(64, 64, 1),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def train(net, images, labels, epochs, rate=0.01, batch=64):
    optimizer = torch.optim.Adam(net.parameters(), rate)
    steps = epochs * (len(images) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    net.train()
    for _ in range(epochs):
        for chosen in torch.randperm(len(images)).split(batch)[:len(images) // batch]:
            loss = nn.functional.cross_entropy(net(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()


def accuracy(net, images, labels):
    with torch.no_grad():
        right = sum(int((net(i).argmax(1) == l).sum()) for i, l in zip(images.split(500), labels.split(500)))
    return right / len(labels)
