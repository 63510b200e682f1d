using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>A buffer at one step: the bytes live there, and its whole size.</summary>
public sealed record LiveBuffer(BufferId Id, string Name, ByteCount Live, ByteCount Size);

/// <summary>The step at which most bytes are live (the first of several), and what lives there, largest first.</summary>
public sealed record ArenaPeak(StepIndex Step, ByteCount LiveBytes, ImmutableArray<LiveBuffer> Buffers);
