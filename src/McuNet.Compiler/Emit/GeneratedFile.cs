using System.Collections.Immutable;
using System.Text;

namespace McuNet.Compiler.Emit;

/// <summary>A generated file: name relative to the output folder, and its text; or its bytes, where it is no text.</summary>
public sealed record GeneratedFile(string Name, string Text)
{
    private readonly ImmutableArray<byte> _bytes;

    public GeneratedFile(string name, ImmutableArray<byte> bytes)
        : this(name, "") => _bytes = bytes;

    /// <summary>What is written.</summary>
    public byte[] Content => _bytes.IsDefault ? Encoding.UTF8.GetBytes(Text) : [.. _bytes];
}
