"""
Depthwise convolution whose gradients are fast on CPUs. oneDNN takes several times longer than need be for three of them: that of the input at stride 1,
which is a convolution with the mirrored kernel; that of kernels larger than the image, which is padded first; and that of kernels of more than three
columns at stride 1, which are cut into strips of columns, and the batch into pieces that stay in the cache.
"""

import torch
import torch.nn.functional as F

STRIP_COLUMNS = 3
PIECE_VALUES = 1 << 19


def convolve(x, weight, stride):
    """conv2d with padding (k-1)/2 and as many groups as channels."""
    if x.device.type == "cpu" and weight.requires_grad:
        return Depthwise.apply(x, ordered(weight), stride)
    return F.conv2d(x, weight, None, stride, weight.shape[-1] // 2, 1, weight.shape[0])


class Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight, stride):
        context.save_for_backward(x, weight)
        context.stride = stride
        return F.conv2d(x, weight, None, stride, weight.shape[-1] // 2, 1, weight.shape[0])

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        gradient = ordered(gradient)
        of_input = input_gradient(gradient, x, weight, context.stride) if context.needs_input_grad[0] else None
        return of_input, weight_gradient(gradient, x, weight, context.stride), None


def input_gradient(gradient, x, weight, stride):
    padding = weight.shape[-1] // 2
    if stride == 1:
        return F.conv2d(gradient, ordered(weight.flip(2, 3)), None, 1, padding, 1, weight.shape[0])
    return backward(gradient, x, weight, stride, (padding, padding), [True, False, False])[0]


def weight_gradient(gradient, x, weight, stride):
    """[C, 1, k, k]"""
    kernel, padding = weight.shape[-1], weight.shape[-1] // 2
    rows = padding
    if min(x.shape[2:]) < kernel:
        x, rows = F.pad(x, (0, 0, padding, padding)), 0
    if kernel <= STRIP_COLUMNS or stride > 1:
        x, columns = (x, padding) if rows else (F.pad(x, (padding, padding)), 0)
        return backward(gradient, x, weight, stride, (rows, columns), [False, True, False])[1]
    result, images = torch.zeros(weight.shape), max(1, PIECE_VALUES // x[0].numel())
    for piece, part in zip(x.split(images), gradient.split(images)):
        padded = F.pad(piece, (padding, padding))
        for first in range(0, kernel, STRIP_COLUMNS):
            last = min(first + STRIP_COLUMNS, kernel)
            seen = ordered(padded[..., first:first + gradient.shape[-1] + last - first - 1])
            result[..., first:last] += backward(part, seen, ordered(weight[..., first:last]), 1, (rows, 0), [False, True, False])[1]
    return result


def backward(gradient, x, weight, stride, padding, wanted):
    return torch.ops.aten.convolution_backward(gradient, x, weight, None, [stride, stride], padding, [1, 1], False, [0, 0], weight.shape[0], wanted)


def ordered(x):
    return x.contiguous(memory_format=torch.channels_last)
