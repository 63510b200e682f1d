using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using McuNet.Search.Spaces;

namespace McuNet.FakeTrainer;

/// <summary>Accuracies that behave as real ones: they grow with MACs, kernels and depth, and noise shrinks with training.</summary>
internal static class FakeAccuracy
{
    /// <summary>Without noise, in (0, 0.99).</summary>
    public static double Ideal(SearchSpace space, Architecture architecture)
    {
        var macs = NetworkLayer.Of(space, architecture).Sum(l => l.Macs);
        var blocks = architecture.Stages.SelectMany(s => s.Blocks).ToList();
        var kernel = blocks.Count == 0 ? 3 : blocks.Average(b => b.Kernel);
        var score = 0.6 * Math.Log(macs / 2e5) + 0.12 * (kernel - 3) + 0.05 * blocks.Count + 0.8;
        return 0.99 / (1 + Math.Exp(-score));
    }

    /// <summary>Under shared weights after so many steps.</summary>
    public static double Shared(SearchSpace space, Architecture architecture, long seed, int steps)
    {
        var noise = 0.15 / Math.Sqrt(1 + steps / 20.0) * (2 * Unit($"{seed}/{architecture.Hash()}") - 1);
        return Math.Clamp(Ideal(space, architecture) * (0.5 + 0.45 * (1 - Math.Exp(-steps / 200.0))) + noise, 0, 1);
    }

    /// <summary>From random weights less than from shared ones, from a teacher a little more; seeds differ by a tenth of a point.</summary>
    public static double FineTuned(SearchSpace space, Architecture architecture, int steps, bool fromRandom, long seed, bool taught) =>
        Ideal(space, architecture)
        * ((fromRandom ? 0.85 : 0.9) + 0.1 * (1 - Math.Exp(-steps / 200.0)) + (taught ? 0.002 : 0) + 0.002 * (Unit($"{seed}") - 0.5));

    /// <summary>A number in [0, 1) that depends on the text alone.</summary>
    public static double Unit(string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))) / (ulong.MaxValue + 1.0);
}
