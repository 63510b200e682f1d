using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>A random network: what it needs under each SRAM budget of its sample, and how large it is.</summary>
public readonly record struct SampledNetwork(ImmutableArray<Needs> Needs, long Macs);

/// <summary>The networks drawn of one resolution and width.</summary>
public sealed record ScaleSample(int Resolution, double Width, ImmutableArray<SampledNetwork> Networks);

/// <summary>Random networks of every resolution and width of a space, drawn and judged once, to be held against any flash
/// budgets.</summary>
/// <param name="SramBudgets">For which they were judged; empty where needs depend on none.</param>
/// <param name="Scales">By resolution, then width.</param>
public sealed record SpaceSample(SearchSpace Space, ulong Seed, ImmutableArray<long> SramBudgets, ImmutableArray<ScaleSample> Scales)
{
    /// <param name="count">Networks per resolution and width.</param>
    /// <param name="progress">Called after every scale with the number done, from any thread.</param>
    public static SpaceSample Draw(SearchSpace space, IResourceModel model, int count, ulong seed, Action<int>? progress = null)
    {
        var scales = space.Resolutions.SelectMany(r => space.Widths.Select(w => (Resolution: r, Width: w))).ToArray();
        var samples = new ScaleSample[scales.Length];
        var done = 0;
        Parallel.For(
            0,
            scales.Length,
            i =>
            {
                samples[i] = Draw(space, model, count, seed, scales[i].Resolution, scales[i].Width);
                progress?.Invoke(Interlocked.Increment(ref done));
            }
        );
        return new SpaceSample(space, seed, model.SramBudgets, [.. samples]);
    }

    /// <summary>The place of a budget in the needs of a network.</summary>
    /// <exception cref="ArgumentException">It was not judged for that budget.</exception>
    public int PlaceOf(long sramBytes) =>
        SramBudgets.IsEmpty ? 0
        : SramBudgets.IndexOf(sramBytes) is >= 0 and var place ? place
        : throw new ArgumentException($"The sample was not judged for {sramBytes} bytes of SRAM.", nameof(sramBytes));

    private static ScaleSample Draw(SearchSpace space, IResourceModel model, int count, ulong seed, int resolution, double width)
    {
        var random = Sampling.Generator(seed, resolution, width);
        var networks = ImmutableArray.CreateBuilder<SampledNetwork>(count);
        for (var i = 0; i < count; i++)
        {
            var architecture = Sampling.Uniform(space, resolution, width, random);
            networks.Add(new(model.Of(architecture), NetworkLayer.Of(space, architecture).Sum(l => l.Macs)));
        }
        return new ScaleSample(resolution, width, networks.MoveToImmutable());
    }
}
