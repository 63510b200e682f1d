using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Diagnostics;

/// <summary>What a stage returns: a value, diagnostics, or both.</summary>
/// <remarks>Invariant: without an error there is a value.</remarks>
public sealed class StageResult<T>
    where T : class
{
    private readonly T? _value;

    private StageResult(T? value, ImmutableArray<Diagnostic> diagnostics)
    {
        _value = value;
        Diagnostics = diagnostics;
    }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public bool Succeeded => _value is not null && !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The value, also beside errors where a stage could still build one.</summary>
    public T? ValueOrNull => _value;

    public T Value => _value ?? throw new InvalidOperationException(string.Join("\n", Diagnostics));

    public static StageResult<T> Success(T value) => new(value, ImmutableArray<Diagnostic>.Empty);

    public static StageResult<T> Success(T value, ImmutableArray<Diagnostic> diagnostics) => new(value, diagnostics);

    public static StageResult<T> Failure(params Diagnostic[] diagnostics) => Failure(diagnostics.ToImmutableArray());

    public static StageResult<T> Failure(ImmutableArray<Diagnostic> diagnostics, T? partial = null)
    {
        if (!diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            throw new ArgumentException("a failure needs an error", nameof(diagnostics));
        return new(partial, diagnostics);
    }

    /// <summary>Runs the next stage on the value and joins the diagnostics of both.</summary>
    public StageResult<TNext> Then<TNext>(Func<T, StageResult<TNext>> next)
        where TNext : class
    {
        if (!Succeeded)
            return StageResult<TNext>.Failure(Diagnostics);
        var result = next(Value);
        return new StageResult<TNext>(result._value, Diagnostics.AddRange(result.Diagnostics));
    }
}
