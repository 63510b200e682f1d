using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Pipeline;

/// <summary>Which inputs and outputs of a model are what it keeps between inferences.</summary>
/// <param name="Declared">Each as <c>input:output</c>; null where they are to be guessed.</param>
public sealed record StateChoice(ImmutableArray<string>? Declared)
{
    private const string Nothing = "none";

    /// <summary>No state: every input and output is the application's.</summary>
    public static StateChoice None { get; } = new([]);

    /// <summary>What looks like a state is one, and a message says so.</summary>
    public static StateChoice Guessed { get; } = new((ImmutableArray<string>?)null);

    /// <param name="texts">As people write them: each <c>none</c>, or states separated by semicolons; no text leaves it to a guess.</param>
    public static StateChoice Of(IEnumerable<string> texts)
    {
        ImmutableArray<string> states =
        [
            .. texts.SelectMany(t => t.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        return states.IsEmpty ? Guessed
            : states.All(s => string.Equals(s, Nothing, StringComparison.OrdinalIgnoreCase)) ? None
            : new(states);
    }
}
