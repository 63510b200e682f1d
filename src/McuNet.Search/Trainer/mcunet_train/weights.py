"""Where a network's trainable weights live: shared in the supernet, or a copy of its own."""

import math

import torch


class Supernet:
    """
    Weights of the largest network; a sub-network takes the first channels, the first blocks, and the centre of the kernel
    through one learned matrix per smaller kernel size (Once-for-All, Cai et al. 2020).
    """

    def __init__(self, space, seed):
        self.space = space
        self.network = space.resolve(space.largest())
        generator = torch.Generator().manual_seed(seed)
        self.parameters = {}
        for conv in self.network.convs():
            deviation = math.sqrt(2.0 / (conv.outputs * conv.kernel ** 2 / conv.groups))
            self.parameters[conv.name + ".weight"] = torch.randn(conv.shape, generator=generator) * deviation
            self.parameters[conv.name + ".gamma"] = torch.ones(conv.outputs)
            self.parameters[conv.name + ".beta"] = torch.zeros(conv.outputs)
            for kernel in space.kernels(conv)[1:]:
                self.parameters[f"{conv.name}.to{kernel}"] = torch.eye(kernel * kernel)
        self.parameters["classifier.weight"] = torch.randn((space.classes, classifier_inputs(space)), generator=generator) * 0.01
        self.parameters["classifier.bias"] = torch.zeros(space.classes)

    def weight(self, conv):
        weight = self.parameters[conv.name + ".weight"]
        outputs, inputs = conv.shape[:2]
        if weight.shape[:2] != (outputs, inputs):
            weight = weight[:outputs, :inputs]
        return self._shrink(weight, conv) if conv.kernel < weight.shape[-1] else weight

    def _shrink(self, weight, conv):
        for kernel in self.space.kernels(conv)[1:]:
            edge = (weight.shape[-1] - kernel) // 2
            centre = weight[:, :, edge:edge + kernel, edge:edge + kernel].reshape(-1, kernel * kernel)
            weight = (centre @ self.parameters[f"{conv.name}.to{kernel}"].t()).reshape(*weight.shape[:2], kernel, kernel)
            if kernel == conv.kernel:
                return weight
        raise AssertionError("resolve() admits only kernels of the space")

    def affine(self, conv):
        return self.parameters[conv.name + ".gamma"][:conv.outputs], self.parameters[conv.name + ".beta"][:conv.outputs]

    def classifier(self, features):
        return self.parameters["classifier.weight"][:, :features], self.parameters["classifier.bias"]


class Standalone:
    """One network's own weights."""

    def __init__(self, network, parameters):
        self.network = network
        self.parameters = parameters

    @staticmethod
    def copy(network, source):
        """A copy of what a network takes from a supernet."""
        parameters = {}
        with torch.no_grad():
            for conv in network.convs():
                gamma, beta = source.affine(conv)
                parameters[conv.name + ".weight"] = source.weight(conv).detach().clone()
                parameters[conv.name + ".gamma"] = gamma.detach().clone()
                parameters[conv.name + ".beta"] = beta.detach().clone()
            weight, bias = source.classifier(network.features)
            parameters["classifier.weight"], parameters["classifier.bias"] = weight.detach().clone(), bias.detach().clone()
        return Standalone(network, parameters)

    @staticmethod
    def fresh(space, network, seed):
        """Random weights, as the supernet starts with."""
        return Standalone.copy(network, Supernet(space, seed))

    def weight(self, conv):
        return self.parameters[conv.name + ".weight"]

    def affine(self, conv):
        return self.parameters[conv.name + ".gamma"], self.parameters[conv.name + ".beta"]

    def classifier(self, features):
        return self.parameters["classifier.weight"], self.parameters["classifier.bias"]


def classifier_inputs(space):
    """Channels that the classifier may read: those of the last stage, or of the one before where the last may be left out."""
    largest = space.largest()
    features = [space.resolve(largest).features]
    if 0 in space.stages[-1]["depth"]:
        del largest["stages"][-1]
        features.append(space.resolve(largest).features)
    return max(features)


def to_device(weights, device):
    """Moves trainable weights to a device, convolutions in the channels-last order, and asks for gradients."""
    for name, tensor in weights.parameters.items():
        layout = torch.channels_last if tensor.dim() == 4 else torch.contiguous_format
        weights.parameters[name] = tensor.to(device).contiguous(memory_format=layout).requires_grad_()
    return weights
