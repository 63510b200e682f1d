using System;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>Ends the quantisation of a model; never leaves this folder's public functions.</summary>
internal sealed class QuantizationFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public static QuantizationFailure Of(DiagnosticDescriptor descriptor, params object[] values) =>
        new(Diagnostic.Create(descriptor, values));
}
