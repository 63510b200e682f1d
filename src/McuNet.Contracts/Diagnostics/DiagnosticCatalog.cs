using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace McuNet.Diagnostics;

/// <summary>
/// Every diagnostic of the product. 1xxx import, 2xxx graph, 3xxx quantisation, 4xxx schedule and memory,
/// 5xxx device, 6xxx emission, 7xxx build, 8xxx search, 9xxx internal.
/// </summary>
public static partial class DiagnosticCatalog
{
    private static readonly Lazy<IReadOnlyList<DiagnosticDescriptor>> Rows = new(() =>
        typeof(DiagnosticCatalog)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => f.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(d => d.Id, StringComparer.Ordinal)
            .ToArray()
    );

    /// <summary>All rows, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All => Rows.Value;
}
