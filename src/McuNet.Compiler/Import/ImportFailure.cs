using System;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Ends the import of one node; never leaves <see cref="ModelImporter"/>.</summary>
internal sealed class ImportFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public static ImportFailure Of(DiagnosticDescriptor descriptor, params object[] values) => new(Diagnostic.Create(descriptor, values));
}
