using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>The element types that a kernel reads and writes, which its name states: s8, or s8f32 where they differ.</summary>
public static partial class KernelTypes
{
    /// <summary>What a kernel reads and writes; null of one that copies bytes and so states no type.</summary>
    public static (ElementType From, ElementType To)? Of(string function)
    {
        if (Name().Match(function) is not { Success: true } name)
            return null;
        var (from, to) = (name.Groups[1].Value, name.Groups[2].Length > 0 ? name.Groups[2].Value : name.Groups[1].Value);
        return (Named(from), Named(to));
    }

    /// <summary>Whether a kernel reads and writes elements of a certain type, rather than bytes.</summary>
    public static bool IsStated(string function) => Name().IsMatch(function);

    /// <summary>Whether a kernel reads and writes the types of a node.</summary>
    public static bool Fits((ElementType From, ElementType To)? kernel, NodeTypes types) =>
        kernel is not var (from, to) || (types.Inputs.All(t => t.Element == from) && types.Output.Element == to);

    /// <returns>How the tensors of a node differ from what its kernel reads and writes, or null.</returns>
    public static string? Mismatch(KernelCall call, NodeTypes types) =>
        Fits(Of(call.Function), types)
            ? null
            : $"{call.Function} takes {string.Join(", ", types.Inputs.Select(t => NameOf(t.Element)))} and gives {NameOf(types.Output.Element)}";

    /// <summary>The integers of a byte that activations are.</summary>
    public static ImmutableArray<ElementType> Bytes { get; } = [ElementType.Int8, ElementType.UInt8];

    /// <summary>The integers that activations are.</summary>
    public static ImmutableArray<ElementType> Integers { get; } = [.. Bytes, ElementType.Int16];

    /// <summary>All that activations are.</summary>
    public static ImmutableArray<ElementType> Activations { get; } = [.. Integers, ElementType.Float32];

    /// <summary>An element type as names of kernels have it.</summary>
    public static string NameOf(ElementType type) =>
        type switch
        {
            ElementType.Int8 => "s8",
            ElementType.UInt8 => "u8",
            ElementType.Int16 => "s16",
            ElementType.Int32 => "s32",
            _ => "f32",
        };

    private static ElementType Named(string name) =>
        name == NameOf(ElementType.Int32) ? ElementType.Int32 : Activations.Single(e => NameOf(e) == name);

    [GeneratedRegex("_(s8|u8|s16|f32|s32)(s8|u8|s16|f32|s32)?_(?:portable|fpu|dsp|mve)")]
    private static partial Regex Name();
}
