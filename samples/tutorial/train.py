#!/usr/bin/env python3
"""Trains the digit reader of docs/tutorial.md and writes it as a float32 ONNX file.

    python3 train.py FOLDER digits.float.onnx

FOLDER holds the four files of MNIST (train-images-idx3-ubyte.gz and so on) as http://yann.lecun.com/exdb/mnist and its mirrors have them.
Needs torch and numpy; written for PyTorch 1.13. About two minutes on one core.
"""
import collections
import gzip
import pathlib
import sys

import numpy
import torch
from torch import nn
from torch.nn import functional

STEPS, BATCH = 3000, 128


def read(folder, name):
    """The array of an IDX file: big-endian header of 4 bytes and one extent of 4 bytes for each dimension, then bytes."""
    data = gzip.open(pathlib.Path(folder) / name).read()
    dims = numpy.frombuffer(data, ">u4", count=data[3], offset=4)
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * data[3]).reshape(dims.astype(int)).copy())


def layer(inputs, outputs, stride):
    return named(conv=nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False), norm=nn.BatchNorm2d(outputs), relu=nn.ReLU())


def named(**modules):
    """A sequence whose modules have names, which the compiler's messages then use."""
    return nn.Sequential(collections.OrderedDict(modules))


network = named(stem=layer(1, 8, 2), wide=layer(8, 16, 1), narrow=layer(16, 24, 2), top=layer(24, 32, 2), mean=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), answer=nn.Linear(32, 10))


def right(images, labels):
    network.eval()
    with torch.no_grad():
        return (network(images).argmax(1) == labels).float().mean().item()


def main(folder, out):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    images, labels = read(folder, "train-images-idx3-ubyte.gz")[:, None].float() / 255, read(folder, "train-labels-idx1-ubyte.gz").long()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.2, momentum=0.9, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    for step in range(STEPS):
        network.train()
        chosen = torch.randint(len(images), (BATCH,))
        loss = functional.cross_entropy(network(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 499:
            print(f"step {step + 1}: loss {loss.item():.4f}", flush=True)
    test = read(folder, "t10k-images-idx3-ubyte.gz")[:, None].float() / 255, read(folder, "t10k-labels-idx1-ubyte.gz").long()
    print(f"right on the test images: {right(*test):.2%}")
    network.eval()
    torch.onnx.export(network, torch.zeros(1, 1, 28, 28), out, input_names=["image"], output_names=["digit"], opset_version=13)


if __name__ == "__main__":
    main(*sys.argv[1:])
