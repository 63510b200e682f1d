"""Random folded weights of an architecture, and what the trainer's own forward pass makes of them: SPACE.json ARCHITECTURE.json SEED FOLDER."""

import json
import os
import sys

import numpy as np
import torch

from mcunet_train import tensorfile
from mcunet_train.forward import Folded, forward
from mcunet_train.pixels import network_input
from mcunet_train.space import Space

space_file, architecture_file, seed, folder = sys.argv[1:]
torch.set_num_threads(1)
with open(space_file) as file:
    space = Space(json.load(file))
with open(architecture_file) as file:
    network = space.resolve(json.load(file))
generator = torch.Generator().manual_seed(int(seed))


def random(*shape, deviation):
    return torch.randn(shape, generator=generator) * deviation


tensors = {}
for conv in network.convs():
    tensors[conv.name + ".weight"] = random(*conv.shape, deviation=(2 / np.prod(conv.shape[1:])) ** 0.5)
    tensors[conv.name + ".bias"] = random(conv.outputs, deviation=0.1)
tensors["classifier.weight"] = random(network.classes, network.features, deviation=network.features ** -0.5)
tensors["classifier.bias"] = random(network.classes, deviation=0.1)
images = torch.randint(0, 256, (4, space.channels, network.resolution, network.resolution), generator=generator, dtype=torch.uint8)
x = network_input(images)
with torch.no_grad():
    folded = Folded(tensors, space.ceiling)
    logits = forward(network, x, folded, folded.classifier)
tensorfile.write(os.path.join(folder, "weights.safetensors"), {name: t.contiguous().numpy() for name, t in tensors.items()})
tensorfile.write(os.path.join(folder, "case.safetensors"), {"x": x.contiguous().numpy(), "logits": logits.numpy()})
