using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Ends the import of one node; never leaves <see cref="ModelImporter"/>.</summary>
/// <param name="values">Of the message: first the name of what is at fault.</param>
internal sealed class ImportFailure(DiagnosticDescriptor descriptor, ImmutableArray<object> values)
    : Exception(Diagnostic.Create(descriptor, [.. values]).Message)
{
    public DiagnosticDescriptor Descriptor => descriptor;

    public ImmutableArray<object> Values => values;

    /// <summary>Whether all that is wrong is that every operand is a constant.</summary>
    public bool IsOfConstants { get; init; }

    public string Subject => ShownText.Escape($"{values[0]}");

    public static ImportFailure Of(DiagnosticDescriptor descriptor, params object[] values) => new(descriptor, [.. values]);

    public static ImportFailure OfConstants(DiagnosticDescriptor descriptor, params object[] values) =>
        new(descriptor, [.. values]) { IsOfConstants = true };

    /// <summary>Whether the same is wrong with something else.</summary>
    public bool IsLike(ImportFailure other) => descriptor == other.Descriptor && values.Skip(1).SequenceEqual(other.Values.Skip(1));
}
