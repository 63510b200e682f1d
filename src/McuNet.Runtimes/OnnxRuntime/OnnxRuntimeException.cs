using System;
using McuNet.Diagnostics;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>ONNX Runtime is missing (MCU7015) or refused a call (MCU7016).</summary>
public sealed class OnnxRuntimeException(Diagnostic diagnostic, int code = 0) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>ONNX Runtime's own error code; 0 where the failure was not its.</summary>
    public int Code { get; } = code;
}
