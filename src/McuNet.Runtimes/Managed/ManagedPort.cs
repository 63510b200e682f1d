using System.Collections.Immutable;

namespace McuNet.Runtimes.Managed;

/// <summary>Where an input or output lies in the arena of a generated engine.</summary>
/// <param name="Offset">First element; meaningless for a streamed input.</param>
/// <param name="Bytes">Length of the whole tensor in bytes.</param>
/// <param name="RowBytes">Length of one row in bytes.</param>
/// <param name="IsState">Whether the engine keeps it from one inference to the next.</param>
public sealed record ManagedPort(int Offset, int Bytes, int RowBytes, bool IsState = false);

/// <summary>Results of a run.</summary>
/// <param name="Outputs">By case, by output port: its bytes.</param>
/// <param name="AllocatedBytes">What one inference allocated on the managed heap after the first; generated code promises 0.</param>
public sealed record ManagedResult(ImmutableArray<ImmutableArray<byte[]>> Outputs, long AllocatedBytes);
