"""One forward pass for all forms of a network; what differs is where weights and normalisation come from."""

import torch
import torch.nn.functional as F

from . import depthwise

EPSILON = 1e-5


def forward(network, x, convolve, classifier):
    """Logits [N, classes] of x [N, C, H, W]; convolve(conv, x) is convolution, normalisation and activation, classifier(features) the weights of the last layer."""
    for block in network.blocks:
        y = x
        for conv in block.convs:
            y = convolve(conv, y)
        x = y + x if block.residual else y
    weight, bias = classifier(network.features)
    return F.linear(x.mean((2, 3)), weight, bias)


def activate(x, conv, ceiling):
    if not conv.activation:
        return x
    if ceiling is None:
        return F.relu(x, inplace=True)
    # Not every version of PyTorch has the gradient of hardtanh in bfloat16.
    return F.hardtanh(x, 0.0, ceiling, inplace=True) if x.dtype == torch.float32 else F.relu(x).clamp(max=ceiling)


class BatchNormalised:
    """Convolution with batch norm over a source of weights; statistics of the batch, as in training."""

    def __init__(self, source, ceiling):
        self.source = source
        self.ceiling = ceiling

    def __call__(self, conv, x):
        weight = self.source.weight(conv)
        y = depthwise.convolve(x, weight, conv.stride) if conv.kind == "depthwise" else F.conv2d(x, weight, None, conv.stride, conv.kernel // 2)
        return activate(self.normalise(conv, y, *self.source.affine(conv)), conv, self.ceiling)

    def normalise(self, conv, y, gamma, beta):
        return F.batch_norm(y, None, None, gamma, beta, training=True, eps=EPSILON)


class Recording(BatchNormalised):
    """The same, and notes the mean over batches of every channel's mean and variance."""

    def __init__(self, source, ceiling):
        super().__init__(source, ceiling)
        self.sums = {}
        self.batches = 0

    def normalise(self, conv, y, gamma, beta):
        mean, variance = torch.zeros_like(gamma), torch.ones_like(gamma)
        result = F.batch_norm(y, mean, variance, gamma, beta, training=True, momentum=1.0, eps=EPSILON)
        values = y.numel() // conv.outputs
        variance *= (values - 1) / values
        known = self.sums.get(conv.name)
        self.sums[conv.name] = (mean, variance) if known is None else (known[0] + mean, known[1] + variance)
        return result

    def statistics(self):
        return {name: (mean / self.batches, variance / self.batches) for name, (mean, variance) in self.sums.items()}


class Folded:
    """Convolution with bias, batch norm folded in: the exported form."""

    def __init__(self, tensors, ceiling):
        self.tensors = tensors
        self.ceiling = ceiling

    def __call__(self, conv, x):
        weight, bias = self.tensors[conv.name + ".weight"], self.tensors[conv.name + ".bias"]
        return activate(F.conv2d(x, weight, bias, conv.stride, conv.kernel // 2, 1, conv.groups), conv, self.ceiling)

    def classifier(self, features):
        return self.tensors["classifier.weight"], self.tensors["classifier.bias"]
