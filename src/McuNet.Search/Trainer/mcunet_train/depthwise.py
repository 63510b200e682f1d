"""
Depthwise convolution with large kernels whose weight gradient is fast on CPUs: oneDNN computes it well for kernels of up to three columns and
several times slower beyond. So the kernel is cut into strips of columns, and the batch into pieces that stay in the cache.
"""

import torch
import torch.nn.functional as F

STRIP_COLUMNS = 3
PIECE_VALUES = 1 << 19


def convolve(x, weight, stride):
    """conv2d with padding (k-1)/2 and as many groups as channels."""
    if x.device.type == "cpu" and stride == 1 and weight.shape[-1] > STRIP_COLUMNS and weight.requires_grad:
        return WideDepthwise.apply(x, weight.contiguous(memory_format=torch.channels_last))
    return F.conv2d(x, weight, None, stride, weight.shape[-1] // 2, 1, weight.shape[0])


class WideDepthwise(torch.autograd.Function):
    """Stride 1."""

    @staticmethod
    def forward(context, x, weight):
        context.save_for_backward(x, weight)
        return F.conv2d(x, weight, None, 1, weight.shape[-1] // 2, 1, weight.shape[0])

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        of_input = backward(gradient, x, weight, weight.shape[-1] // 2, [True, False, False])[0] if context.needs_input_grad[0] else None
        return of_input, weight_gradient(gradient, x, weight)


def weight_gradient(gradient, x, weight):
    """[C, 1, k, k]: strips of columns side by side, pieces of the batch added."""
    kernel, images = weight.shape[-1], max(1, PIECE_VALUES // x[0].numel())
    result = torch.zeros(weight.shape)
    for piece, part in zip(x.split(images), gradient.split(images)):
        padded = F.pad(piece, (kernel // 2, kernel // 2))
        for first in range(0, kernel, STRIP_COLUMNS):
            last = min(first + STRIP_COLUMNS, kernel)
            columns = padded[..., first:first + gradient.shape[-1] + last - first - 1].contiguous(memory_format=torch.channels_last)
            strip = weight[..., first:last].contiguous(memory_format=torch.channels_last)
            result[..., first:last] += backward(part, columns, strip, 0, [False, True, False])[1]
    return result


def backward(gradient, x, weight, side_padding, wanted):
    return torch.ops.aten.convolution_backward(
        gradient, x, weight, None, [1, 1], [weight.shape[2] // 2, side_padding], [1, 1], False, [0, 0], weight.shape[0], wanted)
