namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>How much ONNX Runtime may rewrite a graph. The default level is the reference for integer models.</summary>
public enum OnnxOptimisation
{
    Disabled = 0,
    Default = 99,
}

/// <summary>
/// Options of a session. Always set besides: one thread, and <c>session.x64quantprecision=1</c>, without which processors
/// that lack VNNI saturate intermediate sums of int8 kernels.
/// </summary>
public sealed record OnnxSessionOptions
{
    public static OnnxSessionOptions Default { get; } = new();

    public OnnxOptimisation Optimisation { get; init; } = OnnxOptimisation.Default;

    /// <summary>Where to save the optimised model, or null.</summary>
    public string? SaveOptimizedPath { get; init; }
}
