using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>
/// The tensors of a TFLite graph as values of an ONNX graph. Between operators stand real numbers: int8, uint8 and int16 go through
/// QuantizeLinear and DequantizeLinear.
/// </summary>
internal sealed class TensorStatement(TfLiteGraph graph, OnnxStatement onnx)
{
    private static readonly ImmutableArray<long> ChannelsFirst = [0, 3, 1, 2],
        ChannelsLast = [0, 2, 3, 1];
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, string> _values = [];
    private readonly HashSet<int> _integers = [];

    public TfLiteTensor this[int tensor] => graph.Tensors[tensor];

    /// <summary>A name by which the tensor is known: up to the first semicolon, behind which converters list what an operator was made
    /// of.</summary>
    public string Name(int tensor)
    {
        if (!_names.TryGetValue(tensor, out var name))
            _names[tensor] = name = Port(tensor);
        return name;
    }

    /// <summary>The same for an output of the graph, which needs a name of its own.</summary>
    public string Port(int tensor) => onnx.Fresh(this[tensor].Name.Split(';')[0] is { Length: > 0 } given ? given : $"tensor_{tensor}");

    /// <summary>The real numbers that a tensor is or stands for.</summary>
    /// <param name="reader">Label of the operator that takes them.</param>
    public string Real(int tensor, string reader)
    {
        if (_integers.Contains(tensor))
            throw NotSupported(this[tensor], "float32, int8, uint8 and int16 with a scale");
        if (!_values.TryGetValue(tensor, out var value))
        {
            _values[tensor] = value = this[tensor].IsConstant
                ? Constant(this[tensor])
                : throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, reader, this[tensor].Label);
        }

        return value;
    }

    /// <summary>Gives a tensor the real numbers of a value, rounded to the integers that it holds.</summary>
    public void Define(int tensor, string real, string label)
    {
        RequireNew(tensor, label);
        _values[tensor] = Rounded(this[tensor], real, label);
    }

    /// <summary>Gives a tensor real numbers that it holds as they are.</summary>
    public void Know(int tensor, string real, string label)
    {
        RequireNew(tensor, label);
        _values[tensor] = real;
    }

    /// <summary>Gives a tensor what the integers of a value are.</summary>
    public void DefineIntegers(int tensor, string value, string label)
    {
        RequireNew(tensor, label);
        _integers.Add(tensor);
        _values[tensor] = value;
    }

    /// <summary>A constant of integers that mean themselves: axes, shapes, paddings.</summary>
    public ImmutableArray<long> Integers(int tensor, string label, string op, string role)
    {
        var constant = this[tensor];
        if (constant.Data is not { } data)
            throw ImportFailure.Of(DiagnosticCatalog.OperandNotConstant, label, op, role, constant.Label);
        return constant.Type switch
        {
            TfLiteType.Int32 => [.. MemoryMarshal.Cast<byte, int>(data.Span).ToArray().Select(v => (long)v)],
            TfLiteType.Int64 => [.. MemoryMarshal.Cast<byte, long>(data.Span)],
            _ => throw NotSupported(constant, $"int32 and int64 as {role} of {op}"),
        };
    }

    /// <summary>An input of the graph, an image with its channels first, as ONNX has them.</summary>
    public void Input(int tensor)
    {
        var (port, input) = (Name(tensor), this[tensor]);
        foreach (var (dim, i) in input.Signature.Select((d, i) => (d, i)))
        {
            if (dim < 0 && i > 0)
                throw ImportFailure.Of(DiagnosticCatalog.DimensionNotFixed, port, string.Join(", ", input.Signature), i, "-1");
        }

        RequireNew(tensor, "an input");
        _values[tensor] = Entering(port, input);
    }

    /// <summary>A variable as it is when an inference begins.</summary>
    /// <param name="like">The tensor that it is read into, whose type and dimensions it has.</param>
    /// <returns>Its real numbers.</returns>
    public string Entering(string port, TfLiteTensor like)
    {
        RequireReal(like);
        var isImage = IsImage(like);
        onnx.Input(port, Dims(like, isImage));
        var value = HasIntegers(like) ? Dequantized(like, Quantized(like, port, $"{port}_q", port), $"{port}_dq", port) : port;
        return isImage ? Transposed(value, ChannelsLast, $"{port}_hwc", port) : value;
    }

    /// <summary>A tensor as it is when an inference ends, under a name of its own.</summary>
    public void Leaving(int tensor, TfLiteTensor like, string port)
    {
        var isInteger = _integers.Contains(tensor);
        var value = isInteger ? _values[tensor] : Real(tensor, port);
        var isImage = IsImage(like);
        onnx.Node(port, isImage ? "Transpose" : "Identity", [value], [port], isImage ? [OnnxAttribute.Of("perm", ChannelsFirst)] : []);
        onnx.Output(port, isInteger ? OnnxType.Int64 : OnnxType.Float, Dims(like, isImage));
    }

    public string Transposed(string value, ImmutableArray<long> permutation, string name, string label)
    {
        var result = onnx.Fresh(name);
        onnx.Node(label, "Transpose", [value], [result], OnnxAttribute.Of("perm", permutation));
        return result;
    }

    /// <summary>The float32 that the elements of a constant are or stand for.</summary>
    public float[] Numbers(int tensor, string label, string op, string role)
    {
        var constant = this[tensor];
        if (constant.Data is not { } data)
            throw ImportFailure.Of(DiagnosticCatalog.OperandNotConstant, label, op, role, constant.Label);
        if (constant.Type == TfLiteType.Float32)
            return MemoryMarshal.Cast<byte, float>(data.Span).ToArray();
        if (!constant.IsQuantized)
            throw NotSupported(constant, $"float32, and integers with a scale, as {role} of {op}");
        RequireQuantization(constant);
        var (scales, zeroPoints, axis) = (constant.Quantization!.Scales, constant.Quantization.ZeroPoints, constant.Quantization.Axis);
        var inner = constant.Dims.Skip(axis + 1).Aggregate(1L, (product, d) => product * d);
        return
        [
            .. Elements(constant)
                .Select(
                    (q, i) =>
                    {
                        var channel = (int)(i / inner % scales.Length);
                        return (float)((q - zeroPoints[zeroPoints.Length == 1 ? 0 : channel]) * (double)scales[channel]);
                    }
                ),
        ];
    }

    public static ImportFailure NotSupported(TfLiteTensor tensor, string supported) =>
        ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, tensor.Label, tensor.Type, supported);

    private string Rounded(TfLiteTensor tensor, string real, string label)
    {
        RequireReal(tensor);
        if (HasIntegers(tensor))
            return Dequantized(tensor, Quantized(tensor, real, Name(tensor.Index), label), $"{Name(tensor.Index)}_dq", label);
        return real;
    }

    private string Constant(TfLiteTensor constant)
    {
        if (constant.Elsewhere is { } place)
            throw ImportFailure.Of(
                DiagnosticCatalog.AttributeNotSupported,
                constant.Label,
                "constant",
                "data",
                place,
                "Convert the model with dense weights inside its tables."
            );
        var name = Name(constant.Index);
        var dims = constant.Dims.Select(d => (long)d).ToImmutableArray();
        switch (constant.Type)
        {
            case TfLiteType.Float32:
                return onnx.Constant(new(name, OnnxType.Float, dims, constant.Data!.Value));
            case TfLiteType.Float16:
                var widened = onnx.Fresh($"{name}_f32");
                var half = onnx.Constant(new(name, OnnxType.Float16, dims, constant.Data!.Value));
                onnx.Node(name, "Cast", [half], [widened], OnnxAttribute.Of("to", (long)OnnxType.Float));
                return widened;
            case TfLiteType.Int8 or TfLiteType.UInt8 or TfLiteType.Int32 when constant.IsQuantized:
                RequireQuantization(constant);
                return Dequantized(
                    constant,
                    onnx.Constant(new($"{name}_q", Type(constant), dims, constant.Data!.Value)),
                    $"{name}_dq",
                    name
                );
            case TfLiteType.Int64 when constant.IsQuantized && Elements(constant).All(v => v == (int)v):
                RequireQuantization(constant);
                int[] words = [.. Elements(constant).Select(v => (int)v)];
                return Dequantized(
                    constant,
                    onnx.Constant(OnnxTensor.Of<int>($"{name}_q", OnnxType.Int32, dims, words)),
                    $"{name}_dq",
                    name
                );
            case TfLiteType.Int16 or TfLiteType.Int64 when constant.IsQuantized:
                return onnx.Constant(
                    OnnxTensor.Of<float>(name, OnnxType.Float, dims, Numbers(constant.Index, name, "constant", "numbers"))
                );
            default:
                throw NotSupported(constant, "float32, float16, and int8, uint8, int16, int32 and int64 with a scale");
        }
    }

    private string Quantized(TfLiteTensor tensor, string real, string name, string label)
    {
        var result = name == Name(tensor.Index) ? name : onnx.Fresh(name);
        onnx.Node(label, "QuantizeLinear", [real, Scale(tensor), ZeroPoint(tensor)], [result]);
        return result;
    }

    private string Dequantized(TfLiteTensor tensor, string integers, string name, string label)
    {
        var result = onnx.Fresh(name);
        var axis =
            tensor.Quantization!.Scales.Length > 1
                ? [OnnxAttribute.Of("axis", (long)tensor.Quantization.Axis)]
                : ImmutableArray<OnnxAttribute>.Empty;
        onnx.Node(label, "DequantizeLinear", [integers, Scale(tensor), ZeroPoint(tensor)], [result], axis);
        return result;
    }

    private string Scale(TfLiteTensor tensor)
    {
        var scales = tensor.Quantization!.Scales;
        return onnx.Constant(
            OnnxTensor.Of($"{Name(tensor.Index)}_scale", OnnxType.Float, scales.Length == 1 ? [] : [scales.Length], scales.AsSpan())
        );
    }

    private string ZeroPoint(TfLiteTensor tensor)
    {
        var (scales, points) = (tensor.Quantization!.Scales, tensor.Quantization.ZeroPoints);
        var each = Enumerable.Range(0, scales.Length).Select(i => (int)points[points.Length == 1 ? 0 : i]);
        byte[] data = [.. each.SelectMany(p => BitConverter.GetBytes(p)[..Type(tensor).Size()])];
        return onnx.Constant(new($"{Name(tensor.Index)}_zero_point", Type(tensor), scales.Length == 1 ? [] : [scales.Length], data));
    }

    private void RequireNew(int tensor, string label)
    {
        if (_values.ContainsKey(tensor) || this[tensor].IsConstant)
        {
            var first = this[tensor].IsConstant ? "its data" : "an operator or input before it";
            throw ImportFailure.Of(DiagnosticCatalog.NameDefinedTwice, this[tensor].Label, first, label);
        }
    }

    private static void RequireReal(TfLiteTensor tensor)
    {
        if (
            tensor.Type is not TfLiteType.Float32
            && !(tensor.IsQuantized && tensor.Type is TfLiteType.Int8 or TfLiteType.UInt8 or TfLiteType.Int16)
        )
            throw NotSupported(tensor, "float32, and int8, uint8 and int16 with a scale");
        if (tensor.IsQuantized)
            RequireQuantization(tensor);
    }

    private static void RequireQuantization(TfLiteTensor tensor)
    {
        var quantization = tensor.Quantization!;
        if (quantization.IsOfBlocks)
            throw ImportFailure.Of(
                DiagnosticCatalog.AttributeNotSupported,
                tensor.Label,
                "tensor",
                "quantization",
                "scales of blocks or of several axes",
                "Quantise per tensor or per channel."
            );
        var (least, most) = tensor.Type switch
        {
            TfLiteType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            TfLiteType.UInt8 => (byte.MinValue, byte.MaxValue),
            TfLiteType.Int16 => (short.MinValue, short.MaxValue),
            _ => (int.MinValue, (long)int.MaxValue),
        };
        foreach (var point in quantization.ZeroPoints.Where(z => z < least || z > most))
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationInvalid,
                tensor.Label,
                "zero point",
                point,
                $"it must lie between {least} and {most}."
            );
        foreach (var scale in quantization.Scales.Where(s => !(s > 0 && float.IsFinite(s))))
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationInvalid,
                tensor.Label,
                "scale",
                scale,
                "it must be a finite number above zero."
            );
    }

    private static IEnumerable<long> Elements(TfLiteTensor constant)
    {
        var data = constant.Data!.Value;
        return constant.Type switch
        {
            TfLiteType.Int8 => data.ToArray().Select(b => (long)(sbyte)b),
            TfLiteType.UInt8 => data.ToArray().Select(b => (long)b),
            TfLiteType.Int16 => MemoryMarshal.Cast<byte, short>(data.Span).ToArray().Select(v => (long)v),
            TfLiteType.Int32 => MemoryMarshal.Cast<byte, int>(data.Span).ToArray().Select(v => (long)v),
            _ => MemoryMarshal.Cast<byte, long>(data.Span).ToArray(),
        };
    }

    /// <summary>Whether integers are kept as such.</summary>
    private static bool HasIntegers(TfLiteTensor tensor) => tensor.IsQuantized && tensor.Type is TfLiteType.Int8 or TfLiteType.UInt8 or TfLiteType.Int16;

    private static bool IsImage(TfLiteTensor tensor) => tensor.Dims is [1, _, _, _];

    private static ImmutableArray<long> Dims(TfLiteTensor tensor, bool isImage) =>
        [.. (isImage ? ChannelsFirst.Select(d => tensor.Dims[(int)d]) : tensor.Dims).Select(d => (long)d)];

    private static OnnxType Type(TfLiteTensor tensor) =>
        tensor.Type switch
        {
            TfLiteType.Int8 => OnnxType.Int8,
            TfLiteType.UInt8 => OnnxType.UInt8,
            TfLiteType.Int16 => OnnxType.Int16,
            _ => OnnxType.Int32,
        };
}
