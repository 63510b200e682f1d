"""Runs the quantised network on integers in plain numpy, independently of any inference engine.

The arithmetic is that of ONNX Runtime's integer kernels: int32 sums that start at the bias, one float32 multiplication by
input scale x weight scale / output scale, rounding half to even, zero point, saturation to int8.
"""
import numpy as np

BATCH = 500


def run(network, pixels):
    """pixels: uint8 [N, 1, 28, 28]. Returns the int8 logits, [N, 10]."""
    return np.concatenate([run_batch(network, pixels[i : i + BATCH]) for i in range(0, len(pixels), BATCH)])


def run_batch(network, pixels):
    tensor, current = quantize_image(pixels, network.image), network.image
    for layer in network.convolutions:
        sums = convolve(tensor.astype(np.int32) - current.zero_point, layer) + layer.bias.reshape(1, -1, 1, 1)
        # ReLU costs nothing: the output's zero point is the smallest int8.
        tensor = requantize(sums, multiplier(layer, current).reshape(1, -1, 1, 1), layer.output)
        current = layer.output
    area = tensor.shape[2] * tensor.shape[3]
    sums = (tensor.astype(np.int32) - current.zero_point).sum(axis=(2, 3))
    mean = requantize(sums, current.scale / (network.mean.scale * np.float32(area)), network.mean)
    sums = (mean.astype(np.int32) - network.mean.zero_point) @ network.dense.weight.T.astype(np.int32) + network.dense.bias
    return requantize(sums, multiplier(network.dense, network.mean), network.dense.output)


def quantize_image(pixels, image):
    """The network's float input is pixel / 255; quantised, that is pixel - 128 for every pixel, which is checked here."""
    values = pixels.astype(np.float32) / np.float32(255)
    integers = saturate(np.rint(values / image.scale) + image.zero_point)
    assert np.array_equal(integers, pixels.astype(np.int32) - 128)
    return integers


def convolve(tensor, layer):
    """tensor: int32 [N, channels, height, width], zero point already subtracted. Returns the int32 sums without bias."""
    kernel, count, channels = layer.weight.shape[2], len(tensor), tensor.shape[1]
    padded = np.pad(tensor, ((0, 0), (0, 0), (layer.padding,) * 2, (layer.padding,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kernel, kernel), axis=(2, 3))[:, :, :: layer.stride, :: layer.stride]
    height, width = windows.shape[2:4]
    weight = layer.weight.astype(np.int32).reshape(layer.groups, -1, channels // layer.groups, kernel, kernel)
    windows = windows.reshape(count, layer.groups, -1, height, width, kernel, kernel)
    return np.einsum("ngchwij,gocij->ngohw", windows, weight).reshape(count, -1, height, width)


def multiplier(layer, source):
    return source.scale * layer.weight_scale / layer.output.scale


def requantize(sums, factor, output):
    return saturate(np.rint(sums.astype(np.float32) * factor) + output.zero_point)


def saturate(values):
    return np.clip(values, -128, 127).astype(np.int8)
