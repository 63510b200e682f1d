"""Trains on with fake quantisation, and exports: qat.py FOLDER digits.pt digits.qat.onnx"""
import sys

import torch
from torch.ao.quantization import FakeQuantize, MovingAverageMinMaxObserver, MovingAveragePerChannelMinMaxObserver, QConfig, QConfigMapping
from torch.ao.quantization.quantize_fx import prepare_qat_fx

from digits import accuracy, digits, network, train

ACTIVATIONS = FakeQuantize.with_args(
    observer=MovingAverageMinMaxObserver, quant_min=0, quant_max=255, dtype=torch.quint8, qscheme=torch.per_tensor_affine)
WEIGHTS = FakeQuantize.with_args(
    observer=MovingAveragePerChannelMinMaxObserver, quant_min=-128, quant_max=127, dtype=torch.qint8,
    qscheme=torch.per_channel_symmetric, ch_axis=0)

folder, weights, out = sys.argv[1:]
torch.manual_seed(1)
net = network()
net.load_state_dict(torch.load(weights))
net = prepare_qat_fx(net.train(), QConfigMapping().set_global(QConfig(ACTIVATIONS, WEIGHTS)), (torch.zeros(1, 1, 28, 28),))
train(net, *digits(folder, "train"), epochs=1, rate=0.001)
net.apply(torch.ao.quantization.disable_observer)
print(f"top-1 {accuracy(net, *digits(folder, 't10k')):.2%}")
torch.onnx.export(net, torch.zeros(1, 1, 28, 28), out, opset_version=13, input_names=["image"], output_names=["logits"])
