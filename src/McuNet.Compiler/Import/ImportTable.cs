using System;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import.Rows;

namespace McuNet.Compiler.Import;

/// <summary>How one ONNX operator becomes part of the network.</summary>
internal sealed record ImportRow(string Domain, string Operator, Action<NodeImport> Import);

/// <summary>Every ONNX operator that the importer reads. A new operator is one row, and its signature one in <see cref="McuNet.Compiler.Onnx.OperatorSignatures"/>.</summary>
internal static class ImportTable
{
    private const string Onnx = "";
    private const string Microsoft = "com.microsoft";

    public static readonly ImmutableArray<ImportRow> Rows =
    [
        new(Onnx, "Abs", LookupRows.Abs),
        new(Onnx, "Add", ElementwiseRows.Add),
        new(Onnx, "AveragePool", PoolRows.AveragePool),
        new(Onnx, "Clip", ElementwiseRows.Clip),
        new(Onnx, "Concat", ConcatRows.Concat),
        new(Onnx, "Constant", ViewRows.Constant),
        new(Onnx, "Conv", LinearRows.Conv),
        new(Onnx, "ConvTranspose", ConvTransposeRows.ConvTranspose),
        new(Onnx, "DequantizeLinear", QuantizationRows.DequantizeLinear),
        new(Onnx, "Dropout", ViewRows.Dropout),
        new(Onnx, "Elu", LookupRows.Elu),
        new(Onnx, "Flatten", ViewRows.Flatten),
        new(Onnx, "Gemm", LinearRows.Gemm),
        new(Onnx, "GlobalAveragePool", PoolRows.GlobalAveragePool),
        new(Onnx, "HardSigmoid", LookupRows.HardSigmoid),
        new(Onnx, "HardSwish", LookupRows.HardSwish),
        new(Onnx, "Identity", ViewRows.Identity),
        new(Onnx, "LeakyRelu", LookupRows.LeakyRelu),
        new(Onnx, "LogSoftmax", SoftmaxRows.LogSoftmax),
        new(Onnx, "MatMul", LinearRows.MatMul),
        new(Onnx, "MaxPool", PoolRows.MaxPool),
        new(Onnx, "Mul", MulRows.Mul),
        new(Onnx, "Pad", ViewRows.Pad),
        new(Onnx, "QLinearConv", QLinearRows.Conv),
        new(Onnx, "QLinearMatMul", QLinearRows.MatMul),
        new(Onnx, "QuantizeLinear", QuantizationRows.QuantizeLinear),
        new(Onnx, "ReduceMean", PoolRows.ReduceMean),
        new(Onnx, "Relu", ElementwiseRows.Relu),
        new(Onnx, "Reshape", ViewRows.Reshape),
        new(Onnx, "Resize", ResizeRows.Resize),
        new(Onnx, "Sigmoid", LookupRows.Sigmoid),
        new(Onnx, "Softmax", SoftmaxRows.Softmax),
        new(Onnx, "Softplus", LookupRows.Softplus),
        new(Onnx, "Softsign", LookupRows.Softsign),
        new(Onnx, "Squeeze", ViewRows.Squeeze),
        new(Onnx, "Tanh", LookupRows.Tanh),
        new(Onnx, "Transpose", ViewRows.Transpose),
        new(Onnx, "Unsqueeze", ViewRows.Unsqueeze),
        new(Microsoft, "QGemm", QLinearRows.Gemm),
        new(Microsoft, "QLinearAdd", QLinearRows.Add),
        new(Microsoft, "QLinearAveragePool", QLinearRows.AveragePool),
        new(Microsoft, "QLinearConcat", ConcatRows.QLinearConcat),
        new(Microsoft, "QLinearGlobalAveragePool", QLinearRows.GlobalAveragePool),
        new(Microsoft, "QLinearLeakyRelu", LookupRows.QLinearLeakyRelu),
        new(Microsoft, "QLinearMul", MulRows.QLinearMul),
        new(Microsoft, "QLinearSigmoid", LookupRows.QLinearSigmoid),
        new(Microsoft, "QLinearSoftmax", QLinearRows.Softmax),
    ];

    private static readonly FrozenDictionary<(string, string), ImportRow> ByName = Rows.ToFrozenDictionary(r => (r.Domain, r.Operator));

    /// <summary>What to do about some operators that are not read.</summary>
    private static readonly FrozenDictionary<string, string> Advice = new (string Operator, string Text)[]
    {
        ("BatchNormalization", "Fold it into the convolution before it: export in inference mode, or run onnxsim."),
        ("Shape", "Export with fixed input dimensions and fold constants, for example with onnxsim."),
        ("Sub", "Move the normalisation of inputs into their quantisation, or rewrite it as Add."),
        ("ConvInteger", "Quantise statically (QDQ format) instead of dynamically."),
        ("MatMulInteger", "Quantise statically (QDQ format) instead of dynamically."),
        ("DynamicQuantizeLinear", "Quantise statically (QDQ format) instead of dynamically."),
        ("ArgMax", "Remove it and take the index of the largest output in the application."),
        ("NonMaxSuppression", "Remove it and run it in the application on the network's outputs."),
    }.ToFrozenDictionary(a => a.Operator, a => a.Text);

    public static ImportRow? Find(string domain, string op) => ByName.TryGetValue((domain, op), out var row) ? row : null;

    public static string AdviceFor(string op) => Advice.TryGetValue(op, out var text)
        ? text
        : "Replace it by supported operators before export, or run it outside the network.";

    /// <summary>Names of all supported operators, sorted.</summary>
    public static string Supported { get; } = string.Join(", ", Rows.Select(r => r.Domain.Length == 0 ? r.Operator : $"{r.Domain}.{r.Operator}").Order(StringComparer.Ordinal));
}
