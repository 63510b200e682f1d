"""Trains the digit network of this sample, quantises it to int8 and writes it as a QDQ ONNX file.

Run, on one CPU core, in about five minutes:

    sudo apt-get install python3-torch python3-onnx python3-numpy
    python3 train.py MNIST_FOLDER --out ../digits.onnx --drawings ../DigitImages.Drawings.cs

MNIST_FOLDER holds train_x_u8_60000x28x28.bin.gz, train_y_u8.bin, test_x_u8_10000x28x28.bin and test_y_u8.bin: MNIST's pixels
(row by row, one byte each, 0 is background) and labels without any header, in any order; a file whose name ends in .gz is unpacked.

The test images serve to report accuracy and to pick the ten images of the sample; no setting was chosen by them.
"""
import argparse
import gzip
import pathlib
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import digit_images
import integer_network
import qdq_onnx
import quantize

BATCH = 128
PEAK_LEARNING_RATE = 8e-3
WEIGHT_DECAY = 1e-4
CALIBRATION_STRIDE = 15


def read(folder, name, *shape):
    path = folder / name
    data = path.read_bytes() if path.exists() else gzip.decompress((folder / (name + ".gz")).read_bytes())
    return np.frombuffer(data, np.uint8).reshape(-1, *shape).copy()


def scaled(pixels):
    return torch.from_numpy(pixels).float() / 255


def convolution(inputs, outputs, kernel, stride=1, groups=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]


def separable(inputs, outputs, stride=1):
    return convolution(inputs, inputs, 3, stride, groups=inputs) + convolution(inputs, outputs, 1)


def network():
    """[N, 1, 28, 28] in 0..1 -> [N, 10] logits: 28x28x1 - 14x14x8 - 14x14x16 - 7x7x32 - 7x7x48 - 4x4x64 - 64 - 10."""
    layers = convolution(1, 8, 3, stride=2) + separable(8, 16) + separable(16, 32, stride=2)
    layers += separable(32, 48) + separable(48, 64, stride=2)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def distort(images, generator):
    """Turns, scales, shears and shifts every image at random, by what a hurried hand would do."""
    count = len(images)

    def uniform(limit):
        return (torch.rand(count, generator=generator) * 2 - 1) * limit

    angle, shear, zoom = uniform(0.2), uniform(0.15), 1 + uniform(0.12)
    rows = torch.stack([zoom * angle.cos(), -angle.sin() + shear, uniform(0.12), angle.sin(), zoom * angle.cos(), uniform(0.12)], 1)
    grid = F.affine_grid(rows.view(count, 2, 3), images.shape, align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)


def fit(model, images, labels, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY)
    steps = len(images) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, total_steps=epochs * steps)
    model.train()
    for epoch in range(epochs):
        start, total = time.perf_counter(), 0.0
        order = torch.randperm(len(images), generator=generator)
        for batch in order[: steps * BATCH].view(steps, BATCH):
            loss = F.cross_entropy(model(distort(images[batch], generator)), labels[batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:2}: loss {total / steps:.4f}, {time.perf_counter() - start:.0f} s", flush=True)
    model.eval()


def main():
    arguments = argparse.ArgumentParser(description="Train, quantise and write the digit network.")
    arguments.add_argument("mnist", type=pathlib.Path)
    arguments.add_argument("--out", type=pathlib.Path, default="digits.onnx")
    arguments.add_argument("--drawings", type=pathlib.Path, help="C# file to write with ten test images")
    arguments.add_argument("--epochs", type=int, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    train_images = scaled(read(options.mnist, "train_x_u8_60000x28x28.bin", 1, 28, 28))
    train_labels = torch.from_numpy(read(options.mnist, "train_y_u8.bin")).long()
    test_pixels = read(options.mnist, "test_x_u8_10000x28x28.bin", 1, 28, 28)
    test_labels = read(options.mnist, "test_y_u8.bin")

    model = network().to(memory_format=torch.channels_last)
    fit(model, train_images, train_labels, options.epochs, options.seed)
    with torch.no_grad():
        float_answers = torch.cat([model(part).argmax(1) for part in scaled(test_pixels).split(500)]).numpy()
    print(f"float: {np.mean(float_answers == test_labels):.2%} of {len(test_labels)} test digits")

    quantized = quantize.quantize(model, train_images[::CALIBRATION_STRIDE])
    answers = integer_network.run(quantized, test_pixels).argmax(1)
    print(f"int8:  {np.mean(answers == test_labels):.2%} of {len(test_labels)} test digits")
    print(f"{quantized.macs:,} multiply-accumulates, {quantized.weight_bytes:,} bytes of weights and biases")

    options.out.write_bytes(qdq_onnx.encode(quantized))
    if options.drawings:
        options.drawings.write_text(digit_images.source(test_pixels, test_labels, answers), newline="\n")


if __name__ == "__main__":
    main()
