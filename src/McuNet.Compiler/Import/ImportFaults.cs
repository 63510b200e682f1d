using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Everything that keeps a model from being read, in the order in which it was found. What is wrong with several nodes alike is
/// told once.</summary>
internal sealed class ImportFaults
{
    /// <summary>Names that a message adds to its first.</summary>
    private const int Most = 5;

    /// <summary>Place of the list of all operators among the values of MCU1003.</summary>
    private const int SupportedList = 5;

    private readonly List<List<ImportFailure>> _groups = [];

    public bool IsEmpty => _groups.Count == 0;

    public void Add(ImportFailure failure)
    {
        if (_groups.FirstOrDefault(g => g[0].IsLike(failure)) is { } group)
            group.Add(failure);
        else
            _groups.Add([failure]);
    }

    /// <param name="work">What the nodes at fault do; null where that is not known.</param>
    public ImmutableArray<Diagnostic> Joined(NodeWork? work = null)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>(_groups.Count);
        foreach (var group in _groups)
        {
            var values = group[0].Values;
            if (group[0].Descriptor == DiagnosticCatalog.OperatorNotSupported && diagnostics.Any(d => d.Descriptor == group[0].Descriptor))
                values = values.SetItem(SupportedList, "see above");
            var diagnostic = Diagnostic.Create(group[0].Descriptor, [.. values]);
            diagnostics.Add(
                diagnostic with
                {
                    Message = diagnostic.Message + Others(group) + work?.Share([.. group.Select(f => f.Subject).Distinct()]),
                }
            );
        }

        return diagnostics.MoveToImmutable();
    }

    private static string Others(List<ImportFailure> group)
    {
        string[] others = [.. group.Skip(1).Select(f => f.Subject).Distinct().Where(s => s != group[0].Subject)];
        if (others.Length == 0)
            return "";
        return $" The same holds for {others.Length} more: '{string.Join("', '", others.Take(Most))}'{(others.Length > Most ? ", \u2026" : "")}.";
    }
}
