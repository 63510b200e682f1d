"""Turns the trained float network into int8: batch normalisation folded, ranges measured on training images.

Weights: int8, symmetric, one scale per output channel. Activations: int8 with a zero point, one scale per tensor.
Biases: int32, scale = input scale x weight scale.
"""
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn


@dataclass
class Quantization:
    scale: np.float32
    zero_point: int


@dataclass
class Layer:
    """weight: [outputs, inputs per group, kernel, kernel], or [outputs, inputs] for the dense layer."""
    weight: np.ndarray
    weight_scale: np.ndarray
    bias: np.ndarray
    output: Quantization
    stride: int = 1
    padding: int = 0
    groups: int = 1


@dataclass
class QuantizedNetwork:
    """Convolutions, each with a ReLU; the mean over each channel's image; one dense layer."""
    image: Quantization
    convolutions: list = field(default_factory=list)
    mean: Quantization = None
    dense: Layer = None
    macs: int = 0

    @property
    def weight_bytes(self):
        return sum(layer.weight.nbytes + layer.bias.nbytes for layer in [*self.convolutions, self.dense])


def quantize(model, calibration):
    """calibration: training images, [N, 1, 28, 28], 0..1."""
    # A grey byte p becomes p - 128, so that firmware converts an image with one subtraction.
    result = QuantizedNetwork(image=Quantization(np.float32(1 / 255), -128))
    layers, tensor, current = list(model), calibration, result.image
    with torch.no_grad():
        while isinstance(layers[0], nn.Conv2d):
            convolution, normalisation, relu = layers[:3]
            del layers[:3]
            tensor = relu(normalisation(convolution(tensor)))
            layer = quantize_weights(*fold(convolution, normalisation), current.scale, measured(tensor))
            layer.stride, layer.padding, layer.groups = convolution.stride[0], convolution.padding[0], convolution.groups
            result.convolutions.append(layer)
            result.macs += layer.weight.size * tensor.shape[2] * tensor.shape[3]
            current = layer.output
        pool, flatten, dense = layers
        tensor = flatten(pool(tensor))
        result.mean = measured(tensor)
        result.dense = quantize_weights(dense.weight, dense.bias, result.mean.scale, measured(dense(tensor)))
        result.macs += result.dense.weight.size
    return result


def fold(convolution, normalisation):
    factor = normalisation.weight / torch.sqrt(normalisation.running_var + normalisation.eps)
    return convolution.weight * factor.view(-1, 1, 1, 1), normalisation.bias - normalisation.running_mean * factor


def quantize_weights(weight, bias, input_scale, output):
    weight, bias = weight.numpy(), bias.numpy()
    scale = (np.abs(weight.reshape(len(weight), -1)).max(axis=1) / 127).astype(np.float32)
    integers = np.rint(weight / scale.reshape(-1, *[1] * (weight.ndim - 1))).astype(np.int8)
    return Layer(integers, scale, np.rint(bias / (input_scale * scale)).astype(np.int32), output)


def measured(tensor):
    """Covers every value of the tensor and zero, which int8 must represent exactly because convolutions pad with it."""
    low, high = min(0.0, tensor.min().item()), max(0.0, tensor.max().item())
    scale = np.float32((high - low) / 255)
    return Quantization(scale, int(np.rint(-128 - low / scale)))
