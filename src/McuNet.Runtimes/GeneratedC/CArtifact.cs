using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace McuNet.Runtimes.GeneratedC;

/// <summary>
/// A generated C model: <c>Name.c</c> and <c>Name.h</c> in <see cref="Directory"/>. All interface names begin with
/// <c>Name_</c>, all macros with <c>NAME_</c>:
/// <code>
/// #define NAME_ARENA_BYTES n             the arena; callers align it to 16 bytes
/// #define NAME_INPUT0_BYTES n            and NAME_OUTPUT0_BYTES, for each input and output
/// T *Name_input0(uint8_t *arena);        where to put an input before invoking
/// const T *Name_output0(const uint8_t *arena);
/// void Name_invoke(uint8_t *arena);
/// </code>
/// With a streamed input 0 there is no accessor for it, and the model asks for rows, in NHWC order, possibly more than once:
/// <code>
/// #define NAME_INPUT0_ROW_BYTES n
/// typedef void (*Name_row_source)(void *context, uint32_t row, void *destination);
/// void Name_invoke_rows(uint8_t *arena, Name_row_source source, void *context);
/// </code>
/// An input and an output that are a state have one place in common, which keeps what it holds from one inference to the next:
/// <code>
/// #define NAME_STATE0_BYTES n
/// T *Name_state0(uint8_t *arena);        what the state is
/// void Name_reset(uint8_t *arena);       what all states are before the first inference
/// </code>
/// Compiled with <c>-DMN_PROFILE</c>, it calls <c>mn_profile_begin(op)</c> and <c>mn_profile_end(op)</c> around every step of
/// operator <c>op</c>. Weights are constants whose names begin with <c>Name_weights</c>.
/// </summary>
public sealed record CArtifact
{
    public required string Directory { get; init; }

    public required string Name { get; init; }

    /// <summary>Bytes of each input, in the order of the accessors; a streamed input counts with all its rows.</summary>
    public required ImmutableArray<int> InputBytes { get; init; }

    public required ImmutableArray<int> OutputBytes { get; init; }

    /// <summary>What gives the place of each input, where that is not its number: <c>input0</c>, <c>state0</c>; empty for numbers
    /// alone.</summary>
    public ImmutableArray<string> InputNames { get; init; } = [];

    /// <summary>The same of outputs.</summary>
    public ImmutableArray<string> OutputNames { get; init; } = [];

    /// <summary>Whether cases are a stream: states are reset before the first, and then as the case before left them. Cases hold them all
    /// the same, unread.</summary>
    public bool IsStream { get; init; }

    /// <summary>How input 0 is streamed, or null where all inputs lie in the arena.</summary>
    public StreamedRows? Streamed { get; init; }

    public bool StreamedInput => Streamed is not null;

    internal string FullDirectory => Path.GetFullPath(Directory);

    internal string SourceFile => Path.Combine(FullDirectory, Name + ".c");

    internal string Macro => Name.ToUpperInvariant();

    /// <exception cref="ArgumentException">A case does not have the inputs that the model takes.</exception>
    internal void CheckCases(IReadOnlyList<IReadOnlyList<byte[]>> cases)
    {
        if (cases.Count == 0)
            throw new ArgumentException("at least one case is needed", nameof(cases));
        foreach (var inputs in cases)
            if (!inputs.Select(i => i.Length).SequenceEqual(InputBytes))
                throw new ArgumentException(
                    $"'{Name}' takes inputs of [{string.Join(", ", InputBytes)}] bytes, not [{string.Join(", ", inputs.Select(i => i.Length))}]",
                    nameof(cases)
                );
    }
}

/// <summary>Rows of a streamed input: how many, and the bytes of each.</summary>
public sealed record StreamedRows(int Rows, int RowBytes);
