using System;
using McuNet.Diagnostics;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>ONNX Runtime is missing (MCU7015) or refused a call (MCU7016).</summary>
public sealed class OnnxRuntimeException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <param name="attempt">Completes "ONNX Runtime could not ...".</param>
    internal static OnnxRuntimeException Refusal(string attempt, string reason) =>
        new(Diagnostic.Create(DiagnosticCatalog.OnnxRuntimeFailed, attempt, reason.TrimEnd('.')));
}
