"""Quantises a float model with ONNX Runtime: onnxruntime_static.py FOLDER digits.onnx digits.ort.onnx

Needs onnxruntime 1.17 or later, and onnx.
"""
import sys

from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from digits import digits


class Samples(CalibrationDataReader):
    """Five hundred training images, one at a time."""

    def __init__(self, images):
        self.images = iter(images[:: len(images) // 500])

    def get_next(self):
        image = next(self.images, None)
        return None if image is None else {"image": image.unsqueeze(0).numpy()}


folder, model, out = sys.argv[1:]
quant_pre_process(model, "digits.prepared.onnx")
quantize_static(
    "digits.prepared.onnx", out, Samples(digits(folder, "train")[0]),
    quant_format=QuantFormat.QDQ, per_channel=True, activation_type=QuantType.QInt8, weight_type=QuantType.QInt8)
