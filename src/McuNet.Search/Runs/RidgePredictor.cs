using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>
/// Accuracy as a linear function of a network's genes, learnt from few trained networks (ridge regression, Hoerl and Kennard 1970). How
/// strongly coefficients are held down is chosen by the error of leaving one network out. The system is as large as the number of networks;
/// solving it needs no library.
/// </summary>
public sealed class RidgePredictor
{
    private static readonly double[] Penalties = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

    /// <summary>Of the gene that all networks have alike: so much that its coefficient is hardly held down.</summary>
    private const double Constant = 100;

    private readonly SearchSpace _space;
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _coefficients;
    private readonly double _constant;

    /// <param name="trained">Networks and their accuracies, at least two.</param>
    public RidgePredictor(SearchSpace space, IReadOnlyList<(Architecture Architecture, double Accuracy)> trained)
    {
        _space = space;
        var raw = trained.Select(t => Genes(t.Architecture)).ToArray();
        var genes = raw[0].Length;
        _means = [.. Enumerable.Range(0, genes).Select(g => raw.Average(r => r[g]))];
        _scales = [.. Enumerable.Range(0, genes).Select(g => Math.Sqrt(raw.Average(r => Math.Pow(r[g] - _means[g], 2))))];
        var x = raw.Select(Standardised).ToArray();
        var mean = trained.Average(t => t.Accuracy);
        var y = trained.Select(t => t.Accuracy - mean).ToArray();
        var products = x.Select(a => x.Select(b => Constant + a.Zip(b, (p, q) => p * q).Sum() / genes).ToArray()).ToArray();
        var best = Penalties.Select(p => Fitted(products, y, p)).MinBy(f => f.Left.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
        LeftOut = [.. best.Left.Select(l => l + mean)];
        _constant = mean + Constant * best.Weights.Sum();
        _coefficients = [.. Enumerable.Range(0, genes).Select(g => x.Zip(best.Weights, (r, w) => r[g] * w).Sum() / genes)];
    }

    /// <summary>For each trained network the accuracy that the others predict.</summary>
    public ImmutableArray<double> LeftOut { get; }

    public double Predict(Architecture architecture) =>
        _constant + Standardised(Genes(architecture)).Zip(_coefficients, (x, c) => x * c).Sum();

    private double[] Standardised(double[] genes) => [.. genes.Select((g, i) => _scales[i] > 1e-12 ? (g - _means[i]) / _scales[i] : 0)];

    /// <summary>Resolution, width and, of every block that the space may have, whether it is there, its kernel, expansion and
    /// width.</summary>
    private double[] Genes(Architecture architecture)
    {
        var genes = new List<double> { architecture.Resolution, architecture.Width, architecture.FirstKernel };
        for (var s = 0; s < _space.Stages.Length; s++)
        {
            var stage = s < architecture.Stages.Length ? architecture.Stages[s] : null;
            genes.Add(stage?.Width ?? 0);
            for (var b = 0; b < _space.Stages[s].Depth.Max(); b++)
            {
                var block = stage is not null && b < stage.Blocks.Length ? stage.Blocks[b] : (BlockChoice?)null;
                genes.AddRange([block is null ? 0 : 1, block?.Kernel ?? 0, block?.Expand ?? 0]);
            }
        }
        return [.. genes];
    }

    /// <summary>Weights of the networks, and what the others predict for each: y less weight over the diagonal of the inverse.</summary>
    private static (double[] Weights, double[] Left) Fitted(double[][] products, double[] y, double penalty)
    {
        var inverse = Inverse([.. products.Select((row, i) => row.Select((v, j) => i == j ? v + penalty : v).ToArray())]);
        var weights = inverse.Select(row => row.Zip(y, (a, b) => a * b).Sum()).ToArray();
        return (weights, [.. Enumerable.Range(0, y.Length).Select(i => y[i] - weights[i] / inverse[i][i])]);
    }

    /// <summary>Of a symmetric positive matrix, by elimination.</summary>
    private static double[][] Inverse(double[][] matrix)
    {
        var count = matrix.Length;
        var rows = matrix.Select((row, i) => row.Concat(Enumerable.Range(0, count).Select(j => i == j ? 1.0 : 0)).ToArray()).ToArray();
        for (var pivot = 0; pivot < count; pivot++)
        {
            var scale = rows[pivot][pivot];
            rows[pivot] = [.. rows[pivot].Select(v => v / scale)];
            for (var other = 0; other < count; other++)
            {
                var factor = rows[other][pivot];
                if (other != pivot && factor != 0)
                    rows[other] = [.. rows[other].Zip(rows[pivot], (a, b) => a - factor * b)];
            }
        }
        return [.. rows.Select(r => r[count..])];
    }
}
