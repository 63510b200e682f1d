using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>What would make a model fit the device that it was compiled for, each change compiled by itself.</summary>
/// <param name="tools">With the fronts that are known of the model.</param>
internal sealed class ChangeSearch(Compilation compilation, CompilerTools tools)
{
    /// <summary>Passes over a streamed input that are tried.</summary>
    private const int MostPasses = 4;

    private readonly NetworkGraph _network = compilation.Model.Network;
    private readonly CompileOptions _options = compilation.Options;
    private readonly Requirements _needs = Requirements.Of(compilation);

    public ImmutableArray<ChangeFit> All()
    {
        ImmutableArray<ChangeFit> single = [.. Objectives(), .. Streams(), .. Bands(), .. Others()];
        return single.Any(c => c.Needs is { Fits: true }) ? single : [.. single, .. Streamed()];
    }

    private IEnumerable<ChangeFit> Others() => [.. Kernels(), .. Weights(), Input(), Channels()];

    /// <summary>What fits together with a streamed input.</summary>
    private IEnumerable<ChangeFit> Streamed()
    {
        var options = _options with { Input = InputMode.Rows, InputPasses = Math.Max(_options.InputPasses, MostPasses) };
        if (
            _options.Input == InputMode.Rows
            || ModelCompiler.WhyNotStreamed(_network) is not null
            || ModelCompiler.Compile(_network, options, tools).ValueOrNull is not { } streamed
        )
            return [];
        return new ChangeSearch(streamed, tools)
            .Others()
            .Where(c => c.Needs is { Fits: true })
            .Select(c =>
                c with
                {
                    Change = new BothChanges(new StreamedInput(c.Needs!.InputPasses == 1 ? 1 : options.InputPasses), c.Change),
                }
            );
    }

    private IEnumerable<ChangeFit> Objectives()
    {
        if (_options.Objective == Objective.Latency)
            yield return Compiled(new OtherObjective(Objective.Fit), _network, _options with { Objective = Objective.Fit });
    }

    private IEnumerable<ChangeFit> Streams()
    {
        if (ModelCompiler.WhyNotStreamed(_network) is { } reason)
        {
            yield return new(new StreamedInput(1), null, reason);
            yield break;
        }
        foreach (var passes in new[] { 1, MostPasses }.Where(p => _options.Input != InputMode.Rows || p > _options.InputPasses))
        {
            var change = Streamed(passes);
            var taken = change.Needs?.InputPasses ?? passes;
            if (passes > 1 && taken == 1)
                yield break;
            change = taken == passes ? change : Streamed(taken);
            yield return change;
            if (change.Needs is { Fits: true })
                yield break;
        }
    }

    private ChangeFit Streamed(int passes) =>
        Compiled(new StreamedInput(passes), _network, _options with { Input = InputMode.Rows, InputPasses = passes });

    /// <summary>The smallest schedule is among those that a compilation tries.</summary>
    private IEnumerable<ChangeFit> Bands()
    {
        if (_needs.Sram.Holds)
            yield break;
        var smallest = Compiled(new ColumnBands(), _network, _options with { Objective = Objective.Memory });
        yield return smallest is { Needs.MacFactor: > 1 } or { Needs: null }
            ? smallest
            : new(
                new ColumnBands(),
                null,
                FormattableString.Invariant(
                    $"none is smaller than the {smallest.Needs.ArenaBytes:N0} bytes of the smallest schedule without"
                )
            );
    }

    private IEnumerable<ChangeFit> Kernels()
    {
        if (_needs.Sram.Holds && _needs.Flash.Holds)
            yield break;
        var sets = DeviceKernels.TargetOf(_options.Device).Sets;
        foreach (var set in sets.Where(s => s > _needs.Kernels))
            yield return Compiled(new SmallerKernels(set), _network, _options with { KernelSet = set });
        if (sets[^1] == _needs.Kernels)
            yield return new(new SmallerKernels(sets[^1]), null, "it has the smallest already");
    }

    private IEnumerable<ChangeFit> Weights()
    {
        if (_needs.Flash.Holds || _options.WeightStorage == WeightStorage.Blob)
            yield break;
        var change = Compiled(new WeightsElsewhere(), _network, _options with { WeightStorage = WeightStorage.Blob });
        yield return change.Needs is { } needs
            ? change with
            {
                Needs = needs with { Flash = needs.Flash with { Used = needs.Footprint.Code } },
            }
            : change;
    }

    private ChangeFit Input() =>
        Largest(
            [.. ScaledInput.Candidates(_network).Select(size => new SmallerInput(size.Height, size.Width))],
            size => ScaledInput.Of(_network, size.Height, size.Width)
        ) ?? new(new SmallerInput(1, 1), null, "its input has one row and one column");

    private ChangeFit Channels() =>
        Largest(
            [.. ScaledChannels.Candidates.Select(factor => new FewerChannels(factor))],
            change => ScaledChannels.Of(_network, change.Factor)
        )!;

    /// <summary>Of the candidates that can be made and are smaller the last that fits, found by halving; the first where none
    /// does.</summary>
    /// <returns>Null without candidates.</returns>
    private ChangeFit? Largest<T>(ImmutableArray<T> candidates, Func<T, ScaledNetwork> network)
        where T : ModelChange
    {
        var made = candidates.Where(c => network(c).Graph is { } graph && graph.Macs < _network.Macs).ToArray();
        if (made.Length == 0)
            return candidates.IsEmpty
                ? null
                : new(candidates[^1], null, network(candidates[0]).WhyNot ?? network(candidates[^1]).WhyNot ?? "it would be no smaller");
        var best = Try(0);
        for (var (fits, exceeds) = (0, made.Length); best.Needs is { Fits: true } && exceeds - fits > 1; )
        {
            var middle = (fits + exceeds) / 2;
            var tried = Try(middle);
            (fits, exceeds, best) = tried.Needs is { Fits: true } ? (middle, exceeds, tried) : (fits, middle, best);
        }
        return best;

        ChangeFit Try(int index) => Compiled(made[index], network(made[index]).Graph!, _options, tools with { Fronts = null });
    }

    private ChangeFit Compiled(ModelChange change, NetworkGraph network, CompileOptions options, CompilerTools? lent = null)
    {
        var result = ModelCompiler.Compile(network, options, lent ?? tools);
        return result.ValueOrNull is { } changed
            ? new(change, Requirements.Of(ModelFit.Decided(changed, tools.CrossCompiler)), null)
            : new(change, null, string.Join(" ", result.Diagnostics.Select(d => d.Message)));
    }
}
