using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Runtimes.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Conformance.Suite;

/// <summary>Tests that need ONNX's own cases; skipped, visibly, where they are absent.</summary>
public sealed class OnnxSuiteFactAttribute : FactAttribute
{
    public OnnxSuiteFactAttribute() => Skip = !SuiteCase.Names.Any() ? "libonnx-testdata is not installed" : Needs.HostCompiler;
}

/// <summary>The node cases of ONNX's own suite: each gives its result or is refused with a diagnostic. <c>build/onnx-suite.sh</c> runs all of them in generated code too.</summary>
public sealed partial class OnnxSuiteTests(ITestOutputHelper output)
{
    /// <summary>Of the cases between float32 tensors of up to four fixed dimensions: as they stand, and with operands bound.</summary>
    private const int StrictPassed = 286, BoundPassed = 341;

    /// <summary>In the gate every so manieth case runs in generated code.</summary>
    private const int Share = 4;

    /// <summary>
    /// Places where the suite follows another rule than ONNX Runtime, which this project follows: the corners of a size that is a fraction of the input's
    /// are those of the whole number.
    /// </summary>
    private static readonly string[] Otherwise = ["test_resize_downsample_scales_linear_align_corners"];

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";

    [OnnxSuiteFact]
    public void Cases_OfOnnx_PassOrAreRefused()
    {
        var (strict, bound) = (Results(SuiteRun.Strict), Results(SuiteRun.Bound));
        Note("as they stand", strict);
        Note("operands bound", bound);
        foreach (var group in bound.Where(r => r.Verdict == SuiteVerdict.Refused).GroupBy(r => Reason(r.Reason)).OrderByDescending(g => g.Count()))
            output.WriteLine($"{group.Count()} {group.Key}");
        foreach (var r in Ordinary(bound).Where(r => r.Verdict != SuiteVerdict.Passed)) output.WriteLine($"BOUND {r.Case} {r.Reason}");
        foreach (var r in Ordinary(strict).Where(r => r.Verdict != SuiteVerdict.Passed)) output.WriteLine($"STRICT {r.Case} {r.Reason}");
        foreach (var r in bound.Where(r => r.Verdict != SuiteVerdict.Passed)) output.WriteLine($"ALL {r.Case} {r.Reason}");
        Assert.Empty(strict.Concat(bound).Where(r => r.Verdict is SuiteVerdict.Crashed || (r.Verdict is SuiteVerdict.Wrong && !Otherwise.Contains(r.Case))).Select(r => $"{r.Case}: {r.Reason}"));
        Assert.Equal(StrictPassed, Ordinary(strict).Count(r => r.Verdict == SuiteVerdict.Passed));
        Assert.Equal(BoundPassed, Ordinary(bound).Count(r => r.Verdict == SuiteVerdict.Passed));
    }

    [OnnxSuiteFact]
    public void Cases_InGeneratedCode_GiveTheBitsOfTheReference()
    {
        var problems = Results(SuiteRun.Bound).Where(r => r.Verdict == SuiteVerdict.Passed).Where((_, i) => IsWhole || i % Share == 0)
            .AsParallel().AsOrdered().SelectMany(Problems).ToArray();
        Assert.Empty(problems);
    }

    private static IEnumerable<string> Problems(SuiteResult result)
    {
        var (model, test) = (result.Compilation!.Model, result.Of!);
        byte[][] inputs = [.. SuiteRun.Stored(test, model.Network)!.Select(i => i.Bytes)];
        var expected = Outputs.Reference(model.Network, [inputs]).Cases[0];
        var host = CompiledC.OnHost(model, [inputs]);
        if (!host.Succeeded)
            return host.Diagnostics.Select(d => $"{test.Name}, C: {d.Message}");
        var managed = new ManagedNetwork(model).Run([inputs]).Outputs[0];
        return expected.SelectMany((e, i) => new[] { ("C", host.Value.Cases[0][i]), ("C#", managed[i]) }
            .Where(a => !IsSame(e, a.Item2, model.Graph[model.Graph.Outputs[i].Tensor].Type)).Select(a => $"{test.Name}, {a.Item1}, output {i}: {Outputs.Difference(e, a.Item2)}"));
    }

    /// <summary>Equal bits, but of what is no number.</summary>
    private static bool IsSame(byte[] expected, byte[] actual, TensorType type) => expected.AsSpan().SequenceEqual(actual)
        || (type.Element == ElementType.Float32 && expected.Length == actual.Length
            && Enumerable.Range(0, expected.Length / 4).All(i => BitConverter.ToSingle(expected, 4 * i).Equals(BitConverter.ToSingle(actual, 4 * i))));

    private static SuiteResult[] Results(Func<string, SuiteResult> run) => [.. SuiteCase.Names.AsParallel().AsOrdered().Select(run)];

    private static IEnumerable<SuiteResult> Ordinary(IEnumerable<SuiteResult> results) => results.Where(r => SuiteCase.Read(r.Case) is { IsOrdinary: true });

    private void Note(string form, SuiteResult[] results)
    {
        foreach (var (kind, some) in new[] { ("all", results), ("float32 of up to four dimensions", Ordinary(results).ToArray()) })
            output.WriteLine($"{form}, {kind}: {string.Join(", ", some.GroupBy(r => r.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"))}");
    }

    /// <summary>A diagnostic without the names in it.</summary>
    private static string Reason(string text) => Quoted().Replace(OperatorAlone().Replace(text.Split(" | ")[0], "an operator that is not supported: $1"), "_") is var reason && reason.Length > 110 ? reason[..110] : reason;

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"Node '[^']*' uses operator (\w+) .*")]
    private static partial Regex OperatorAlone();
}
