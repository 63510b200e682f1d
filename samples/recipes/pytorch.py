"""Trains a float network and exports it: pytorch.py FOLDER digits.pt digits.onnx"""
import sys

import torch

from digits import accuracy, digits, network, train

folder, weights, out = sys.argv[1:]
torch.manual_seed(1)
net = network()
train(net, *digits(folder, "train"), epochs=3)
print(f"top-1 {accuracy(net, *digits(folder, 't10k')):.2%}")
torch.save(net.state_dict(), weights)
torch.onnx.export(net, torch.zeros(1, 1, 28, 28), out, opset_version=13, input_names=["image"], output_names=["logits"])
