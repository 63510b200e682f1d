using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>
/// A random network as an ONNX file in QDQ form, for a person or another tool to look at: quantised at its ports, every operator on real
/// values between DequantizeLinear and QuantizeLinear, activations as Clip.
/// </summary>
public static class NetworkOnnx
{
    private const long Opset = 21;

    /// <exception cref="NotSupportedException">The network has an operator that random networks do not have.</exception>
    public static byte[] Write(NetworkGraph graph)
    {
        var writer = new GraphWriter(graph);
        return OnnxWriter.Write(
            new OnnxModel
            {
                IrVersion = 8,
                Producer = "McuNet.Build tests",
                Opsets = [new("", Opset)],
                Graph = writer.Write(),
            }
        );
    }

    private sealed class GraphWriter(NetworkGraph graph)
    {
        private readonly List<OnnxNode> _nodes = [];
        private readonly List<OnnxTensor> _constants = [];

        public OnnxGraph Write()
        {
            foreach (var port in graph.Inputs)
                Dequantize(port.Tensor);
            foreach (var node in graph.Nodes)
            {
                var real = Clamped(node, Real(node));
                Append(IsReal(node.Output) ? "Identity" : "QuantizeLinear", Stored(node.Output), [real, .. Quantization(node.Output)]);
                Dequantize(node.Output);
            }
            var outputs = graph.Outputs.Select(p => Value(Stored(p.Tensor), p.Tensor)).ToImmutableArray();
            return new(
                graph.Name,
                [.. _nodes],
                [.. _constants],
                [.. graph.Inputs.Select(p => Value(Stored(p.Tensor), p.Tensor))],
                outputs,
                []
            );
        }

        private string Real(Node node)
        {
            var (inputs, name) = (node.Inputs.Select(Name).ToArray(), $"real_{node.Id.Value}");
            var (input, output) = (graph[node.Inputs.IsEmpty ? node.Output : node.Inputs[0]].Type, graph[node.Output].Type);
            return node.Operator switch
            {
                Conv2D conv => Append(
                    "Conv",
                    name,
                    [inputs[0], Weights(name, conv.Weights, [0, 3, 1, 2], 0), Bias(name, conv.Weights, conv.Bias, input)],
                    [.. Windowed(conv.Window), OnnxAttribute.Of("group", (long)conv.Groups)]
                ),
                DepthwiseConv2D conv => Append(
                    "Conv",
                    name,
                    [inputs[0], DepthwiseWeights(name, conv.Weights), Bias(name, conv.Weights, conv.Bias, input)],
                    [.. Windowed(conv.Window), OnnxAttribute.Of("group", (long)input.Shape.Channels)]
                ),
                ConvTranspose conv => Append(
                    "ConvTranspose",
                    name,
                    [inputs[0], Weights(name, conv.Weights, [3, 0, 1, 2], 1), Bias(name, conv.Weights, conv.Bias, input)],
                    [.. Transposed(conv, input.Shape)]
                ),
                Dense dense => Append(
                    "Gemm",
                    name,
                    [
                        Append("Flatten", name + "_flat", inputs),
                        FlatWeights(name, dense.Weights, input.Shape),
                        Bias(name, dense.Weights, dense.Bias, input),
                    ],
                    [OnnxAttribute.Of("transB", 1L)]
                ),
                Add => Append("Add", name, inputs),
                Elementwise { IsComparison: true } op => Append(
                    "Cast",
                    name,
                    [Append(op.Kind, name + "_truth", inputs)],
                    [OnnxAttribute.Of("to", 1L)]
                ),
                Where => Append(
                    "Where",
                    name,
                    [Append("Cast", name + "_truth", [inputs[0]], [OnnxAttribute.Of("to", 9L)]), inputs[1], inputs[2]]
                ),
                Known known => Map(
                    name,
                    new(
                        [known.Shape.Height, known.Shape.Width, known.Shape.Channels],
                        ElementType.Int8,
                        known.Data,
                        [output.Scale],
                        [output.ZeroPoint]
                    )
                ),
                TopK top => Top(name, inputs[0], top),
                Elementwise { Constant: { } constant } op => Append(
                    op.Kind,
                    name,
                    op.ConstantFirst ? [Map(name, constant), inputs[0]] : [inputs[0], Map(name, constant)]
                ),
                Elementwise op => Append(op.Kind, name, inputs),
                Mul => Append("Mul", name, inputs),
                Concat concat => Append(
                    "Concat",
                    name,
                    inputs,
                    [
                        OnnxAttribute.Of(
                            "axis",
                            concat.Axis switch
                            {
                                ConcatAxis.Rows => 2L,
                                ConcatAxis.Columns => 3L,
                                _ => 1L,
                            }
                        ),
                    ]
                ),
                Rescale or Clip or McuNet.Compiler.Operators.Dequantize => Append("Identity", name, inputs),
                SelectChannels select => Gather(name, inputs[0], select.Source, 1),
                Pad pad => Append(
                    "Pad",
                    name,
                    [
                        inputs[0],
                        Constant(name + "_pads", OnnxType.Int64, [8], Pads(pad.Margins)),
                        Constant(name + "_fill", OnnxType.Float, [], [pad.Fill]),
                    ]
                ),
                Permute permute when permute.Shape.Height == 2 * input.Shape.Height => Append(
                    "DepthToSpace",
                    name,
                    inputs,
                    [OnnxAttribute.Of("blocksize", 2L)]
                ),
                Permute permute when 2 * permute.Shape.Height == input.Shape.Height && permute.Shape.Channels == 4 * input.Shape.Channels =>
                    Append("SpaceToDepth", name, inputs, [OnnxAttribute.Of("blocksize", 2L)]),
                Permute => Append("Transpose", name, inputs, [OnnxAttribute.Of("perm", [0L, 1, 3, 2])]),
                MaxPool pool => Append("MaxPool", name, inputs, [.. Windowed(pool.Window, dilated: false)]),
                AveragePool pool => Append(
                    "AveragePool",
                    name,
                    inputs,
                    [.. Windowed(pool.Window, dilated: false), OnnxAttribute.Of("count_include_pad", pool.CountPadding ? 1L : 0L)]
                ),
                Mean mean => Append(
                    "ReduceMean",
                    name,
                    [inputs[0], Constant(name + "_axes", OnnxType.Int64, [Axes(mean).Length], Axes(mean))],
                    [OnnxAttribute.Of("keepdims", 1L)]
                ),
                Normalization norm => Normalized(name, norm, inputs[0]),
                ArgExtreme arg => Append(
                    "Cast",
                    name,
                    [
                        Append(
                            arg.Kind,
                            name + "_number",
                            inputs,
                            [OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("select_last_index", arg.TakesLast ? 1L : 0L)]
                        ),
                    ],
                    [OnnxAttribute.Of("to", 1L)]
                ),
                MatMul => Append(
                    "Transpose",
                    name,
                    [Append("Einsum", name + "_product", inputs, [OnnxAttribute.Of("equation", "bchw,bcgw->bgwh")])],
                    [OnnxAttribute.Of("perm", [0L, 1L, 3L, 2L])]
                ),
                Reduce reduce => Append(
                    reduce.Kind,
                    name,
                    [inputs[0], Constant(name + "_axes", OnnxType.Int64, [Axes(reduce).Length], Axes(reduce))],
                    [OnnxAttribute.Of("noop_with_empty_axes", 1L)]
                ),
                ResizeLinear => Append(
                    "Resize",
                    name,
                    [
                        inputs[0],
                        "",
                        "",
                        Constant(
                            name + "_sizes",
                            OnnxType.Int64,
                            [4],
                            [1L, output.Shape.Channels, output.Shape.Height, output.Shape.Width]
                        ),
                    ],
                    [OnnxAttribute.Of("mode", "linear")]
                ),
                SelectPixels select
                    when !IsResized(select.RowSource, input.Shape.Height) || !IsResized(select.ColumnSource, input.Shape.Width) => Gather(
                    name,
                    Gather(name + "_rows", inputs[0], select.RowSource, 2),
                    select.ColumnSource,
                    3
                ),
                SelectPixels => Append(
                    "Resize",
                    name,
                    [
                        inputs[0],
                        "",
                        "",
                        Constant(
                            name + "_sizes",
                            OnnxType.Int64,
                            [4],
                            [1L, output.Shape.Channels, output.Shape.Height, output.Shape.Width]
                        ),
                    ],
                    [OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"), OnnxAttribute.Of("nearest_mode", "floor")]
                ),
                Softmax => Append("Softmax", name, inputs, [OnnxAttribute.Of("axis", 1L)]),
                Lookup { Function: UnaryFunction.LeakyRelu leaky } => Append(
                    "LeakyRelu",
                    name,
                    inputs,
                    [OnnxAttribute.Of("alpha", (float)leaky.Alpha)]
                ),
                Lookup lookup => Append(lookup.Function.GetType().Name, name, inputs),
                _ => throw new NotSupportedException(node.Operator.Kind),
            };
        }

        /// <summary>Over channels with the channels last.</summary>
        private string Normalized(string name, Normalization norm, string input)
        {
            string[] constants =
            [
                Constant(name + "_gain", OnnxType.Float, [norm.Gain.Count], Reals(norm.Gain)),
                Constant(name + "_offset", OnnxType.Float, [norm.Offset.Count], Reals(norm.Offset)),
            ];
            OnnxAttribute[] epsilon = [OnnxAttribute.Of("epsilon", norm.Epsilon)];
            if (norm.OverPixels && norm.Groups == norm.Gain.Count)
                return Append("InstanceNormalization", name, [input, .. constants], epsilon);
            if (norm.OverPixels)
                return Append(
                    "GroupNormalization",
                    name,
                    [input, .. constants],
                    [OnnxAttribute.Of("num_groups", (long)norm.Groups), .. epsilon]
                );
            var last = Append("Transpose", name + "_last", [input], [OnnxAttribute.Of("perm", [0L, 2L, 3L, 1L])]);
            return Append(
                "Transpose",
                name,
                [Append("LayerNormalization", name + "_last_normal", [last, .. constants], epsilon)],
                [OnnxAttribute.Of("perm", [0L, 3L, 1L, 2L])]
            );

            static float[] Reals(ConstantTensor constant) => MemoryMarshal.Cast<byte, float>(constant.Data.AsSpan()).ToArray();
        }

        private string Top(string name, string input, TopK op)
        {
            _nodes.Add(
                new(
                    name,
                    "TopK",
                    "",
                    [input, Constant(name + "_k", OnnxType.Int64, [1], [(long)op.Count])],
                    [name, name + "_numbers"],
                    [OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("largest", op.IsLeast ? 0L : 1L)]
                )
            );
            return name;
        }

        private static long[] Axes(Mean op) =>
            Axes(
                new Reduce
                {
                    Function = ReduceFunction.Mean,
                    OverHeight = op.OverHeight,
                    OverWidth = op.OverWidth,
                }
            );

        private static long[] Axes(Reduce op) =>
            [
                .. op.OverChannels ? [1L] : Array.Empty<long>(),
                .. op.OverHeight ? [2L] : Array.Empty<long>(),
                .. op.OverWidth ? [3L] : Array.Empty<long>(),
            ];

        private static bool IsResized(ImmutableArray<int> sources, int size) =>
            sources.Length % size == 0 && sources.Select((from, to) => from == to / (sources.Length / size)).All(equal => equal);

        private string Gather(string name, string input, ImmutableArray<int> sources, long axis) =>
            Append(
                "Gather",
                name,
                [input, Constant(name + "_indices", OnnxType.Int64, [sources.Length], [.. sources.Select(s => (long)s)])],
                [OnnxAttribute.Of("axis", axis)]
            );

        private static long[] Pads(Margins m) => [0, m.Front, m.Top, m.Left, 0, m.Back, m.Bottom, m.Right];

        private string Clamped(Node node, string real)
        {
            if (node.Operator is not IClamped { Clamp: var clamp } || clamp == Clamp.None)
                return real;
            var (low, high) = (Bound(real + "_low", clamp.Min), Bound(real + "_high", clamp.Max));
            return Append("Clip", real + "_clipped", [real, low, high]);
        }

        private string Bound(string name, float value) => float.IsInfinity(value) ? "" : Constant(name, OnnxType.Float, [], [value]);

        private void Dequantize(TensorId tensor) =>
            Append(IsReal(tensor) ? "Identity" : "DequantizeLinear", Name(tensor), [Stored(tensor), .. Quantization(tensor)]);

        private bool IsReal(TensorId tensor) => !graph[tensor].Type.IsQuantized;

        private string[] Quantization(TensorId tensor)
        {
            if (IsReal(tensor))
                return [];
            var (name, type) = ($"t{tensor.Value}", graph[tensor].Type);
            return
            [
                Constant(name + "_scale", OnnxType.Float, [], [type.Scale]),
                Constant(name + "_zero", OnnxType.Int8, [], [(sbyte)type.ZeroPoint]),
            ];
        }

        private string Weights(string name, ConstantTensor weights, int[] order, int axis, int[]? dims = null) =>
            Weights(
                name,
                Permuted(weights, dims ?? [.. weights.Dims], order),
                order.Select(a => (dims ?? [.. weights.Dims])[a]).ToArray(),
                weights,
                axis
            );

        /// <summary>A constant operand, [H, W, C] to [1, C, H, W].</summary>
        private string Map(string name, ConstantTensor constant) =>
            Weights(
                name,
                Permuted(constant, [.. constant.Dims], [2, 0, 1]),
                [1, constant.Dims[2], constant.Dims[0], constant.Dims[1]],
                constant,
                0
            );

        /// <summary>[H, W, C] to [C, 1, H, W].</summary>
        private string DepthwiseWeights(string name, ConstantTensor weights) =>
            Weights(
                name,
                Permuted(weights, [.. weights.Dims], [2, 0, 1]),
                [weights.Dims[2], 1, weights.Dims[0], weights.Dims[1]],
                weights,
                0
            );

        /// <summary>Columns in the order of the stored input, H W C, to that of ONNX, C H W.</summary>
        private string FlatWeights(string name, ConstantTensor weights, TensorShape input)
        {
            int[] dims = [weights.Dims[0], input.Height, input.Width, input.Channels];
            return Weights(name, Permuted(weights, dims, [0, 3, 1, 2]), [weights.Dims[0], input.Elements], weights, 0);
        }

        private string Weights(string name, byte[] data, int[] dims, ConstantTensor weights, int axis)
        {
            if (weights.Element == ElementType.Float32)
                return Constant(name + "_weights", OnnxType.Float, dims, MemoryMarshal.Cast<byte, float>(data).ToArray());
            var zeros = Enumerable.Range(0, weights.Scales.Length).Select(c => (sbyte)weights.ZeroPointOf(c)).ToArray();
            var stored = Constant(name + "_weights", OnnxType.Int8, dims, data);
            var scale = Constant(name + "_weights_scale", OnnxType.Float, [weights.Scales.Length], [.. weights.Scales]);
            var zero = Constant(name + "_weights_zero", OnnxType.Int8, [zeros.Length], zeros);
            return Append("DequantizeLinear", name + "_weights_real", [stored, scale, zero], [OnnxAttribute.Of("axis", (long)axis)]);
        }

        private string Bias(string name, ConstantTensor weights, ConstantTensor? bias, TensorType input)
        {
            if (bias is null)
                return "";
            if (bias.Element == ElementType.Float32)
                return Constant(
                    name + "_bias",
                    OnnxType.Float,
                    [bias.Count],
                    MemoryMarshal.Cast<byte, float>(bias.Data.AsSpan()).ToArray()
                );
            var values = MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan()).ToArray();
            var stored = Constant(name + "_bias", OnnxType.Int32, [values.Length], values);
            var scale = Constant(
                name + "_bias_scale",
                OnnxType.Float,
                [values.Length],
                Enumerable.Range(0, values.Length).Select(c => input.Scale * weights.ScaleOf(c)).ToArray()
            );
            return Append("DequantizeLinear", name + "_bias_real", [stored, scale], [OnnxAttribute.Of("axis", 0L)]);
        }

        private static IEnumerable<OnnxAttribute> Transposed(ConvTranspose conv, TensorShape input)
        {
            var w = conv.Window;
            yield return OnnxAttribute.Of("strides", [(long)w.StrideHeight, w.StrideWidth]);
            yield return OnnxAttribute.Of(
                "pads",
                [
                    (long)w.PadTop,
                    w.PadLeft,
                    (input.Height - 1) * w.StrideHeight + w.SpanHeight - w.PadTop - conv.OutputHeight,
                    (input.Width - 1) * w.StrideWidth + w.SpanWidth - w.PadLeft - conv.OutputWidth,
                ]
            );
        }

        private static IEnumerable<OnnxAttribute> Windowed(Window w, bool dilated = true)
        {
            yield return OnnxAttribute.Of("kernel_shape", [(long)w.KernelHeight, w.KernelWidth]);
            yield return OnnxAttribute.Of("strides", [(long)w.StrideHeight, w.StrideWidth]);
            yield return OnnxAttribute.Of("pads", [(long)w.PadTop, w.PadLeft, w.PadBottom, w.PadRight]);
            if (dilated)
                yield return OnnxAttribute.Of("dilations", [(long)w.DilationHeight, w.DilationWidth]);
        }

        private static byte[] Permuted(ConstantTensor constant, int[] dims, int[] order)
        {
            var data = constant.Data.AsSpan();
            var size = constant.Element.Size();
            var result = new byte[data.Length];
            var strides = dims.Select((_, i) => dims.Skip(i + 1).Aggregate(1, (a, b) => a * b)).ToArray();
            for (var to = 0; to < result.Length / size; to++)
            {
                var (rest, from) = (to, 0);
                for (var i = order.Length - 1; i >= 0; i--)
                {
                    from += rest % dims[order[i]] * strides[order[i]];
                    rest /= dims[order[i]];
                }
                data.Slice(from * size, size).CopyTo(result.AsSpan(to * size));
            }
            return result;
        }

        private string Constant<T>(string name, OnnxType type, int[] dims, T[] values)
            where T : unmanaged
        {
            if (_constants.All(c => c.Name != name))
                _constants.Add(OnnxTensor.Of(name, type, [.. dims.Select(d => (long)d)], new ReadOnlySpan<T>(values)));
            return name;
        }

        private string Append(string op, string output, string[] inputs, OnnxAttribute[]? attributes = null)
        {
            var trimmed = inputs.Reverse().SkipWhile(i => i.Length == 0).Reverse().ToImmutableArray();
            _nodes.Add(new OnnxNode(output, op, "", trimmed, [output], [.. attributes ?? []]));
            return output;
        }

        private OnnxValueInfo Value(string name, TensorId tensor)
        {
            var shape = graph[tensor].Type.Shape;
            var flat = graph.ProducerOf(tensor)?.Operator is Dense or Softmax;
            return new(
                name,
                IsReal(tensor) ? OnnxType.Float : OnnxType.Int8,
                flat ? [1, shape.Elements] : [1, shape.Channels, shape.Height, shape.Width],
                []
            );
        }

        private static string Name(TensorId tensor) => $"t{tensor.Value}";

        private static string Stored(TensorId tensor) => $"t{tensor.Value}_q";
    }
}
