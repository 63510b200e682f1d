"""Writes the quantised network as ONNX, opset 13, in the QDQ form: float operators between DequantizeLinear and QuantizeLinear.

The mean over each channel's image is a GlobalAveragePool.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Writer:
    def __init__(self):
        self.nodes, self.initializers = [], []

    def node(self, operator, inputs, output, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name, array):
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def requantized(self, tensor, quantization, output=None):
        """A QuantizeLinear and DequantizeLinear pair, which marks `tensor` as an int8 tensor."""
        scale = self.constant(f"{tensor}_scale", quantization.scale)
        zero_point = self.constant(f"{tensor}_zero_point", np.int8(quantization.zero_point))
        integers = self.node("QuantizeLinear", [tensor, scale, zero_point], f"{tensor}_q")
        return self.node("DequantizeLinear", [integers, scale, zero_point], output or f"{tensor}_dq")

    def per_channel(self, name, integers, scale):
        constants = {"q": integers, "scale": scale, "zero_point": np.zeros(len(scale), integers.dtype)}
        inputs = [self.constant(f"{name}_{suffix}", array) for suffix, array in constants.items()]
        return self.node("DequantizeLinear", inputs, f"{name}_dq", axis=0)

    def parameters(self, name, layer, source):
        weight = self.per_channel(f"{name}_weight", layer.weight, layer.weight_scale)
        return [weight, self.per_channel(f"{name}_bias", layer.bias, source.scale * layer.weight_scale)]

    def convolution(self, tensor, name, layer, source):
        kernel = layer.weight.shape[2]
        output = self.node("Conv", [tensor, *self.parameters(name, layer, source)], name, dilations=[1, 1], group=layer.groups,
                           kernel_shape=[kernel] * 2, pads=[layer.padding] * 4, strides=[layer.stride] * 2)
        return self.requantized(self.node("Relu", [output], f"{name}_relu"), layer.output)


def name_of(index, layer):
    kind = "depthwise" if layer.groups > 1 else "conv" if layer.weight.shape[2] > 1 else "pointwise"
    return f"{kind}{(index + 3) // 2}"


def encode(network):
    """Input `image`, float [1, 1, 28, 28], pixels divided by 255. Output `logits`, float [1, 10]."""
    writer = Writer()
    tensor, source = writer.requantized("image", network.image), network.image
    for index, layer in enumerate(network.convolutions):
        tensor, source = writer.convolution(tensor, name_of(index, layer), layer, source), layer.output
    tensor = writer.requantized(writer.node("GlobalAveragePool", [tensor], "mean"), network.mean)
    shape = writer.constant("features_shape", np.array([1, network.dense.weight.shape[1]], np.int64))
    tensor = writer.requantized(writer.node("Reshape", [tensor, shape], "features"), network.mean)
    writer.node("Gemm", [tensor, *writer.parameters("dense", network.dense, network.mean)], "dense", transB=1)
    writer.requantized("dense", network.dense.output, "logits")

    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, 28, 28])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, len(network.dense.weight)])
    graph = helper.make_graph(writer.nodes, "digits", [image], [logits], writer.initializers)
    model = helper.make_model(graph, producer_name="digits-sample", opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()
