using System;

namespace McuNet.Compiler.TfLite;

/// <summary>Ends the reading of a file; never leaves <see cref="TfLiteReader"/>.</summary>
internal sealed class TfLiteFault(string problem, long offset) : Exception(problem)
{
    /// <summary>The byte of the file where the fault lies.</summary>
    public long Offset { get; } = offset;
}
