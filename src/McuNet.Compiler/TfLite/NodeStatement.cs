using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>One TFLite operator while it is stated in operators of ONNX: its operands, its options, and the graph that it adds
/// to.</summary>
internal sealed class NodeStatement(TfLiteNode node, TensorStatement tensors, OnnxStatement onnx)
{
    private static readonly ImmutableArray<long> ChannelsFirst = [0, 3, 1, 2],
        ChannelsLast = [0, 2, 3, 1];

    public string Label => node.Label;

    public string Operator => node.Operator;

    public int InputCount => node.Inputs.Length;

    public int OutputCount => node.Outputs.Length;

    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input] >= 0;

    public TfLiteTensor Tensor(int input) =>
        Has(input)
            ? tensors[node.Inputs[input]]
            : throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, Label, $"input {input} of {Operator}");

    public TfLiteTensor Result(int output = 0) => tensors[node.Outputs[output]];

    /// <summary>The real numbers of an operand.</summary>
    public string Real(int input) => tensors.Real(Tensor(input).Index, Label);

    /// <summary>The same of an image [N, H, W, C] with its channels first.</summary>
    public string Image(int input)
    {
        RequireRank(input, 4);
        return Transposed(Real(input), ChannelsFirst);
    }

    /// <summary>The real numbers of an operand, or no name where it is left out.</summary>
    public string RealOrNone(int input) => Has(input) ? Real(input) : "";

    /// <summary>A constant of integers that mean themselves.</summary>
    public ImmutableArray<long> Integers(int input, string role) => tensors.Integers(Tensor(input).Index, Label, Operator, role);

    /// <summary>The one integer of such a constant.</summary>
    public long Integer(int input, string role) =>
        Integers(input, role) is var numbers && numbers is [var one]
            ? one
            : throw Unsupported(role, $"{numbers.Length} numbers", "One is needed.");

    /// <summary>The float32 that the elements of a constant are or stand for.</summary>
    public float[] Numbers(int input, string role) => tensors.Numbers(Tensor(input).Index, Label, Operator, role);

    public TfLiteTensor RequireRank(int input, int rank) =>
        Tensor(input) is var tensor && tensor.Dims.Length == rank
            ? tensor
            : throw BadDims(tensor, $"{Operator} takes {rank} dimensions here.");

    public int Option(string name, int otherwise = 0) => node.Options is { } options ? options.Int(name, otherwise) : otherwise;

    public bool Flag(string name) => Option(name) != 0;

    public float Number(string name, float otherwise = 0) => node.Options is { } options ? options.Float(name, otherwise) : otherwise;

    /// <summary>An option that counts something: at least 1.</summary>
    public int Positive(string name, int otherwise = 0) =>
        Option(name, otherwise) is var value && value >= 1 ? value : throw Unsupported(name, value, "It must be at least 1.");

    /// <summary>Index of a dimension, counted from the end when negative.</summary>
    public int Axis(long axis, int rank) =>
        axis >= -rank && axis < rank
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw Unsupported("axis", axis, $"Its operand has {rank} dimensions.");

    /// <summary>Adds an operator of ONNX.</summary>
    /// <returns>The name of its result.</returns>
    public string Add(string op, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes) =>
        Add(op, 1, inputs, attributes)[0];

    public ImmutableArray<string> Add(
        string op,
        int outputs,
        ImmutableArray<string> inputs,
        params ImmutableArray<OnnxAttribute> attributes
    )
    {
        ImmutableArray<string> results = [.. Enumerable.Range(0, outputs).Select(_ => Fresh(op))];
        onnx.Node(Label, op, inputs, results, attributes);
        return results;
    }

    /// <summary>The same for an operator with something that ONNX's lacks.</summary>
    public string AddOwn(string op, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes)
    {
        var result = Fresh(op);
        onnx.Node(OnnxStatement.Own, Label, op, inputs, [result], attributes);
        return result;
    }

    private string Fresh(string op) =>
        onnx.Fresh($"{(node.Outputs.IsEmpty ? Label : tensors.Name(node.Outputs[0]))}_{op.ToLowerInvariant()}");

    public string Transposed(string value, ImmutableArray<long> permutation) =>
        Add("Transpose", [value], OnnxAttribute.Of("perm", permutation));

    /// <summary>An image with its channels first as [N, H, W, C].</summary>
    public string Stored(string image) => Transposed(image, ChannelsLast);

    public string Reshaped(string value, params ImmutableArray<long> dims) => Add("Reshape", [value, Constant(dims)]);

    public string Constant(ImmutableArray<long> numbers) => onnx.Numbers($"{Label}_numbers", numbers);

    public string Constant(float number) => onnx.Real($"{Label}_number", number);

    public string Constant(ImmutableArray<long> dims, float[] numbers) =>
        onnx.Constant(OnnxTensor.Of<float>($"{Label}_numbers", OnnxType.Float, dims, numbers));

    /// <summary>The value with the activation that the operator has built in.</summary>
    public string Activated(string value) =>
        Option("fused_activation_function") switch
        {
            0 => value,
            1 => Add("Relu", [value]),
            2 => Clipped(value, -1, 1),
            3 => Clipped(value, 0, 6),
            4 => Add("Tanh", [value]),
            var other => throw Unsupported("fused_activation_function", other, "None, RELU, RELU_N1_TO_1, RELU6 and TANH are supported."),
        };

    public string Clipped(string value, float least, float most) => Add("Clip", [value, Constant(least), Constant(most)]);

    /// <summary>Gives a result its real numbers.</summary>
    public void Return(string value, int output = 0) => tensors.Define(node.Outputs[output], value, Label);

    /// <summary>Gives a result integers that mean themselves.</summary>
    public void ReturnIntegers(string value) => tensors.DefineIntegers(node.Outputs[0], value, Label);

    public ImportFailure Unsupported(string option, object value, string advice) =>
        ImportFailure.Of(DiagnosticCatalog.AttributeNotSupported, Label, Operator, option, value, advice);

    public ImportFailure BadDims(TfLiteTensor tensor, string why) =>
        ImportFailure.Of(
            DiagnosticCatalog.DimensionsNotSupported,
            Label,
            $"{Operator}, {tensor.Label}",
            string.Join(", ", tensor.Dims),
            why
        );
}
