using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Onnx;

/// <summary>An ONNX file as it stands: names and numbers of the wire, without meaning.</summary>
public sealed record OnnxModel
{
    public required long IrVersion { get; init; }

    public required string Producer { get; init; }

    public required ImmutableArray<OnnxOpset> Opsets { get; init; }

    public required OnnxGraph Graph { get; init; }

    /// <summary>Functions that nodes of this model call by their names; none once <see cref="FunctionCalls"/> has put their nodes in place
    /// of the calls.</summary>
    public ImmutableArray<OnnxFunction> Functions { get; init; } = [];

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
    ImmutableArray<OnnxValueInfo> Values
)
{
    /// <summary>Names that it reads and does not define: values of the graph around it.</summary>
    public IEnumerable<string> Captures =>
        Nodes.SelectMany(n => n.Reads).Concat(Outputs.Select(o => o.Name)).Where(n => n.Length > 0).Distinct().Except(Defines);

    /// <summary>Names of the values that are its own.</summary>
    public IEnumerable<string> Defines =>
        Inputs
            .Select(i => i.Name)
            .Concat(Initializers.Select(i => i.Name))
            .Concat(Nodes.SelectMany(n => n.Outputs))
            .Where(n => n.Length > 0)
            .Distinct();
}

/// <summary>An operator that a model defines by nodes (FunctionProto). Operands beyond those of a call, and attributes without a default
/// that it does not give, are omitted.</summary>
/// <param name="Overload">Tells functions of one name apart; mostly empty.</param>
/// <param name="Defaults">Attributes with the values that they have where a call gives none.</param>
public sealed record OnnxFunction(
    string Domain,
    string Name,
    string Overload,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<OnnxAttribute> Defaults,
    ImmutableArray<OnnxNode> Nodes,
    ImmutableArray<OnnxOpset> Opsets
);

/// <summary>An operator application. An empty input name is an omitted optional input.</summary>
public sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<OnnxAttribute> Attributes
)
{
    /// <summary>The node's name, or its first output where it has none: what diagnostics call it.</summary>
    public string Label => Name.Length > 0 || Outputs.IsEmpty ? Name : Outputs[0];

    /// <summary>Which of several functions of one name it calls.</summary>
    public string Overload { get; init; } = "";

    /// <summary>Version of the operator set where it is not that of the model: the node comes from a function that imports its
    /// own.</summary>
    public long? Opset { get; init; }

    /// <summary>Names of all values that it reads: its operands, and what its subgraphs take from around them.</summary>
    public IEnumerable<string> Reads =>
        Attributes.All(a => a.Graph is null) ? Inputs : Inputs.Concat(Attributes.SelectMany(a => a.Graph?.Captures ?? [])).Distinct();

    /// <summary>Names of all values that it gives, and of those inside its subgraphs.</summary>
    public IEnumerable<string> Defines =>
        Outputs
            .Where(o => o.Length > 0)
            .Concat(Attributes.SelectMany(a => a.Graph is { } graph ? graph.Defines.Concat(graph.Nodes.SelectMany(n => n.Defines)) : []));

    /// <summary>With other names for values, where there are any, inside its subgraphs too.</summary>
    public OnnxNode Renamed(IReadOnlyDictionary<string, string> names)
    {
        return (this with { Inputs = [.. Inputs.Select(Name)], Outputs = [.. Outputs.Select(Name)] }).WithGraphs(graph =>
            graph with
            {
                Nodes = [.. graph.Nodes.Select(n => n.Renamed(names))],
                Initializers = [.. graph.Initializers.Select(i => i with { Name = Name(i.Name) })],
                Inputs = [.. graph.Inputs.Select(i => i with { Name = Name(i.Name) })],
                Outputs = [.. graph.Outputs.Select(o => o with { Name = Name(o.Name) })],
                Values = [],
            }
        );

        string Name(string name) => names.GetValueOrDefault(name, name);
    }

    /// <summary>With other subgraphs.</summary>
    public OnnxNode WithGraphs(Func<OnnxGraph, OnnxGraph> change) =>
        Attributes.All(a => a.Graph is null)
            ? this
            : this with
            {
                Attributes = [.. Attributes.Select(a => a.Graph is { } graph ? a with { Graph = change(graph) } : a)],
            };

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

    /// <summary>A graph inside the graph, such as a branch of If.</summary>
    public OnnxGraph? Graph { get; init; }

    /// <summary>Inside a function: the attribute of the call whose value this one takes.</summary>
    public string? Reference { get; init; }

    public static OnnxAttribute Of(string name, long value) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.Int,
            Int = value,
        };

    public static OnnxAttribute Of(string name, float value) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.Float,
            Float = value,
        };

    public static OnnxAttribute Of(string name, string value) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.String,
            Text = value,
        };

    public static OnnxAttribute Of(string name, OnnxTensor value) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.Tensor,
            Tensor = value,
        };

    public static OnnxAttribute Of(string name, ImmutableArray<long> values) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.Ints,
            Ints = values,
        };

    public static OnnxAttribute Of(string name, ImmutableArray<float> values) =>
        new()
        {
            Name = name,
            Type = OnnxAttributeType.Floats,
            Floats = values,
        };
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
    Tensors = 9,
    Graphs = 10,
}

/// <summary>A dense tensor. Invariant: without external data, <see cref="Data"/> holds exactly the elements that the dimensions call
/// for.</summary>
/// <param name="Data">Little-endian elements, whatever wire field they came from.</param>
/// <param name="External">Where the data lies instead, else null.</param>
public sealed record OnnxTensor(
    string Name,
    OnnxType Type,
    ImmutableArray<long> Dims,
    ReadOnlyMemory<byte> Data,
    ExternalData? External = null
)
{
    /// <summary>Values in native memory order, which is that of the file on every machine that .NET runs on.</summary>
    /// <param name="dims">Empty for a single number.</param>
    public static OnnxTensor Of<T>(string name, OnnxType type, ImmutableArray<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged => new(name, type, dims, MemoryMarshal.AsBytes(values).ToArray());
}

/// <summary>Bytes of a file beside the model (external_data).</summary>
/// <param name="Location">Path of the file from the model's folder.</param>
/// <param name="Length">Null for all that follows the offset.</param>
public sealed record ExternalData(string Location, long Offset, long? Length);

/// <summary>A graph input, output or annotated value.</summary>
/// <param name="Dims">Null where the model gives no shape; -1 for a dimension without a fixed size.</param>
public sealed record OnnxValueInfo(string Name, OnnxType Type, ImmutableArray<long>? Dims, ImmutableArray<string> Symbols);
