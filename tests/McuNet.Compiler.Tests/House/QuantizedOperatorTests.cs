using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>What quantisation must know of an operator is in the operator's row; it names only those that it writes, or brings into another
/// form.</summary>
public sealed class QuantizedOperatorTests
{
    private static readonly string[] Written =
    [
        "Conv",
        "ConvTranspose",
        "DequantizeLinear",
        "GRU",
        "Gemm",
        "LSTM",
        "QuantizeLinear",
        "RNN",
    ];

    private static readonly string[] Rewritten =
    [
        "Add",
        "BatchNormalization",
        "Clip",
        "Div",
        "Dropout",
        "Flatten",
        "Hardmax",
        "Identity",
        "LogSoftmax",
        "MatMul",
        "Mul",
        "Pad",
        "QGemm",
        "ReduceMean",
        "ReduceSum",
        "Reshape",
        "Resize",
        "Slice",
        "Softmax",
        "Split",
        "Squeeze",
        "Sub",
        "TopK",
        "Unsqueeze",
        "Upsample",
    ];

    [Fact]
    public void Quantization_NamesOperators_ThatItWritesOrRewrites()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "src", "McuNet.Compiler", "Quantization");
        var named = Directory
            .GetFiles(folder, "*.cs")
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "\"([A-Z]\\w+)\"").Select(m => m.Groups[1].Value));
        Assert.Equal(
            Written.Concat(Rewritten).Order(StringComparer.Ordinal),
            named.Intersect(OnnxOperators.Rows.Select(r => r.Operator)).Order(StringComparer.Ordinal)
        );
    }
}
