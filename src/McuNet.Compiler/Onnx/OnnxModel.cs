using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Onnx;

/// <summary>An ONNX file as it stands: names and numbers of the wire, without meaning.</summary>
public sealed record OnnxModel
{
    public required long IrVersion { get; init; }

    public required string Producer { get; init; }

    public required ImmutableArray<OnnxOpset> Opsets { get; init; }

    public required OnnxGraph Graph { get; init; }

    /// <summary>Named texts about the model, in the order of the file.</summary>
    public ImmutableArray<OnnxProperty> Metadata { get; init; } = [];

    /// <summary>Values that go from an inference to the next one; the format has no place for them.</summary>
    public ImmutableArray<OnnxState> States { get; init; } = [];

    /// <summary>The text of that name, or null.</summary>
    public string? Property(string name)
    {
        foreach (var property in Metadata)
        {
            if (property.Name == name)
                return property.Text;
        }

        return null;
    }

    /// <summary>The imported version of an operator set, 0 where the model does not import it.</summary>
    public long OpsetOf(string domain)
    {
        foreach (var opset in Opsets)
        {
            if (opset.Domain == Normalize(domain))
                return opset.Version;
        }

        return 0;
    }

    /// <summary>The default domain has two spellings.</summary>
    internal static string Normalize(string domain) => domain == "ai.onnx" ? "" : domain;
}

/// <summary>A named text about a model (metadata_props).</summary>
public sealed record OnnxProperty(string Name, string Text);

/// <summary>An output of a graph that is an input of the next inference; it begins as zeros.</summary>
public sealed record OnnxState(string Input, string Output);

/// <summary>One imported operator set; the default domain is the empty string.</summary>
public sealed record OnnxOpset(string Domain, long Version);

public sealed record OnnxGraph(
    string Name,
    ImmutableArray<OnnxNode> Nodes,
    ImmutableArray<OnnxTensor> Initializers,
    ImmutableArray<OnnxValueInfo> Inputs,
    ImmutableArray<OnnxValueInfo> Outputs,
    ImmutableArray<OnnxValueInfo> Values);

/// <summary>An operator application. An empty input name is an omitted optional input.</summary>
public sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<OnnxAttribute> Attributes)
{
    /// <summary>The node's name, or its first output where it has none: what diagnostics call it.</summary>
    public string Label => Name.Length > 0 || Outputs.IsEmpty ? Name : Outputs[0];

    public OnnxAttribute? Attribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name)
                return attribute;
        }

        return null;
    }
}

/// <summary>A named attribute; only the field that its type calls for is meaningful.</summary>
public sealed record OnnxAttribute
{
    public required string Name { get; init; }

    /// <summary>Undefined in files of the first IR versions.</summary>
    public OnnxAttributeType Type { get; init; }

    public float Float { get; init; }

    public long Int { get; init; }

    public string Text { get; init; } = "";

    public OnnxTensor? Tensor { get; init; }

    public ImmutableArray<float> Floats { get; init; } = [];

    public ImmutableArray<long> Ints { get; init; } = [];

    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Whether the attribute holds a subgraph, which is not decoded.</summary>
    public bool HasGraph { get; init; }

    public static OnnxAttribute Of(string name, long value) => new() { Name = name, Type = OnnxAttributeType.Int, Int = value };

    public static OnnxAttribute Of(string name, float value) => new() { Name = name, Type = OnnxAttributeType.Float, Float = value };

    public static OnnxAttribute Of(string name, string value) => new() { Name = name, Type = OnnxAttributeType.String, Text = value };

    public static OnnxAttribute Of(string name, OnnxTensor value) => new() { Name = name, Type = OnnxAttributeType.Tensor, Tensor = value };

    public static OnnxAttribute Of(string name, ImmutableArray<long> values) => new() { Name = name, Type = OnnxAttributeType.Ints, Ints = values };

    public static OnnxAttribute Of(string name, ImmutableArray<float> values) => new() { Name = name, Type = OnnxAttributeType.Floats, Floats = values };
}

/// <summary>Attribute types by their number in the format (AttributeProto.AttributeType).</summary>
public enum OnnxAttributeType
{
    Undefined = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8,
}

/// <summary>A dense tensor. Invariant: without external data, <see cref="Data"/> holds exactly the elements that the dimensions call for.</summary>
/// <param name="Data">Little-endian elements, whatever wire field they came from.</param>
/// <param name="ExternalFile">Name of the file that holds the data instead, else null.</param>
public sealed record OnnxTensor(
    string Name,
    OnnxType Type,
    ImmutableArray<long> Dims,
    ReadOnlyMemory<byte> Data,
    string? ExternalFile = null)
{
    /// <summary>Values in native memory order, which is that of the file on every machine that .NET runs on.</summary>
    /// <param name="dims">Empty for a single number.</param>
    public static OnnxTensor Of<T>(string name, OnnxType type, ImmutableArray<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged => new(name, type, dims, MemoryMarshal.AsBytes(values).ToArray());
}

/// <summary>A graph input, output or annotated value.</summary>
/// <param name="Dims">Null where the model gives no shape; -1 for a dimension without a fixed size.</param>
public sealed record OnnxValueInfo(string Name, OnnxType Type, ImmutableArray<long>? Dims, ImmutableArray<string> Symbols);
