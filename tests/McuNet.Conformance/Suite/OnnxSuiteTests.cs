using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
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

/// <summary>The node cases of ONNX's own suite: each gives its result or is refused with a diagnostic. <c>build/onnx-suite.sh</c> runs all
/// of them in generated code too.</summary>
public sealed class OnnxSuiteTests(ITestOutputHelper output)
{
    /// <summary>Of the cases between float32 tensors of up to four fixed dimensions: as they stand, and with operands bound.</summary>
    private const int StrictPassed = 345,
        BoundPassed = 390;

    /// <summary>In the gate every so manieth case runs in generated code.</summary>
    private const int Share = 4;

    /// <summary>
    /// Places where the suite follows another rule than ONNX Runtime, which this project follows: the corners of a size that is a fraction
    /// of the input's are those of the whole number. Real numbers narrower than float32 are float32 in a network, so that a cast to them
    /// rounds nothing.
    /// </summary>
    private static readonly string[] Otherwise =
    [
        "test_cast_FLOAT_to_BFLOAT16",
        "test_cast_FLOAT_to_FLOAT16",
        "test_castlike_FLOAT_to_BFLOAT16_expanded",
        "test_castlike_FLOAT_to_FLOAT16_expanded",
        "test_resize_downsample_scales_cubic_align_corners",
        "test_resize_downsample_scales_linear_align_corners",
    ];

    /// <summary>
    /// Between integers a step from the rounded result on real numbers: exponentials of Softmax are a table, and factors and addends of a
    /// BatchNormalization that stands alone are int8 and int32.
    /// </summary>
    private static readonly string[] WithinAStep =
    [
        "test_batchnorm_example",
        "test_softmax_axis_0",
        "test_softmax_axis_1",
        "test_softmax_axis_2",
        "test_softmax_default_axis",
        "test_softmax_example",
        "test_softmax_negative_axis",
    ];

    private static readonly Lazy<SuiteResult[]> Strict = new(() => Results(SuiteRun.Strict)),
        Bound = new(() => Results(SuiteRun.Bound));

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";

    [OnnxSuiteFact]
    public void Cases_OfOnnx_PassOrAreRefused()
    {
        var (strict, bound) = (Strict.Value, Bound.Value);
        Note("as they stand", strict);
        Note("operands bound", bound);
        foreach (var result in bound.Where(r => r.Verdict is not SuiteVerdict.Passed && IsWhole))
            output.WriteLine($"{result.Case}: {result.Reason}");
        Assert.Empty(
            strict
                .Concat(bound)
                .Where(r => r.Verdict is SuiteVerdict.Crashed || (r.Verdict is SuiteVerdict.Wrong && !Otherwise.Contains(r.Case)))
                .Select(r => $"{r.Case}: {r.Reason}")
        );
        Assert.Equal(StrictPassed, SuiteReport.Ordinary(strict).Count(r => r.Verdict == SuiteVerdict.Passed));
        Assert.Equal(BoundPassed, SuiteReport.Ordinary(bound).Count(r => r.Verdict == SuiteVerdict.Passed));
    }

    [OnnxSuiteFact]
    public void Cases_InGeneratedCode_GiveTheBitsOfTheReference()
    {
        var problems = Bound
            .Value.Where(r => r.Verdict == SuiteVerdict.Passed)
            .Where((_, i) => IsWhole || i % Share == 0)
            .AsParallel()
            .AsOrdered()
            .SelectMany(Problems)
            .ToArray();
        Assert.Empty(problems);
    }

    /// <summary>Ordinary cases with operands, results and weights of linear layers as integers: refused only where they are no
    /// work.</summary>
    [OnnxSuiteFact]
    public void Cases_BetweenIntegers_AreTheRoundedRealNumbers()
    {
        var cases = SuiteReport
            .Ordinary(Bound.Value)
            .Where(r => r.Verdict == SuiteVerdict.Passed)
            .Where((_, i) => IsWhole || i % Share == 0);
        var results = cases.AsParallel().AsOrdered().Select(r => SuiteQuantized.Run(r.Of!)).ToArray();
        output.WriteLine(
            $"between integers: {results.Count(r => r.Steps >= 0)} of {results.Length} accepted, {results.Count(r => r.Steps == 0)} exact, "
                + $"{results.Count(r => r.Steps == 1)} within a step"
        );
        Assert.Empty(
            results
                .Where(r => r.Steps < 0 && !r.Reason.StartsWith("MCU2002", StringComparison.Ordinal))
                .Select(r => $"{r.Case}: {r.Reason}")
        );
        Assert.Empty(
            results.Where(r => r.Steps > (WithinAStep.Contains(r.Case) ? 1 : 0)).Select(r => $"{r.Case}: {r.Steps} steps {r.Reason}")
        );
        var inCode = results.Where(r => r.Model is not null).Where((_, i) => IsWhole || i % Share == 0);
        Assert.Empty(inCode.AsParallel().AsOrdered().SelectMany(r => Problems(r.Case, r.Model!, r.Inputs!)).ToArray());
    }

    private static IEnumerable<string> Problems(SuiteResult result) =>
        Problems(
            result.Case,
            result.Compilation!.Model,
            [.. SuiteRun.Stored(result.Of!, result.Compilation.Model.Network)!.Select(i => i.Bytes)]
        );

    private static IEnumerable<string> Problems(string name, CompiledModel model, byte[][] inputs)
    {
        var expected = Outputs.Reference(model.Network, [inputs]).Cases[0];
        var host = CompiledC.OnHost(model, [inputs]);
        if (!host.Succeeded)
            return host.Diagnostics.Select(d => $"{name}, C: {d.Message}");
        var managed = new ManagedNetwork(model).Run([inputs]).Outputs[0];
        return expected.SelectMany(
            (e, i) =>
                new[] { ("C", host.Value.Cases[0][i]), ("C#", managed[i]) }
                    .Where(a => !IsSame(e, a.Item2, model.Graph[model.Graph.Outputs[i].Tensor].Type))
                    .Select(a => $"{name}, {a.Item1}, output {i}: {Outputs.Difference(e, a.Item2)}")
        );
    }

    /// <summary>Equal bits, but of what is no number.</summary>
    private static bool IsSame(byte[] expected, byte[] actual, TensorType type) =>
        expected.AsSpan().SequenceEqual(actual)
        || (
            type.Element == ElementType.Float32
            && expected.Length == actual.Length
            && Enumerable
                .Range(0, expected.Length / 4)
                .All(i => BitConverter.ToSingle(expected, 4 * i).Equals(BitConverter.ToSingle(actual, 4 * i)))
        );

    private static SuiteResult[] Results(Func<string, SuiteResult> run) => [.. SuiteCase.Names.AsParallel().AsOrdered().Select(run)];

    /// <summary>The last part of docs/operators.md is what the suite gives; MCUNET_REGENERATE=1 writes it anew.</summary>
    [OnnxSuiteFact]
    public void Document_TellsWhatTheSuiteIsRefusedFor()
    {
        var file = Path.Combine(Folders.Repository, "docs", "operators.md");
        var (text, part) = (File.ReadAllText(file).ReplaceLineEndings("\n"), SuiteReport.Text(Strict.Value, Bound.Value));
        var at = text.IndexOf(SuiteReport.Title, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(file, text = text[..(at < 0 ? text.Length : at)] + part);
        Assert.Equal(part, text[text.IndexOf(SuiteReport.Title, StringComparison.Ordinal)..]);
    }

    private void Note(string form, SuiteResult[] results)
    {
        foreach (var (kind, some) in new[] { ("all", results), ("float32 of up to four dimensions", SuiteReport.Ordinary(results)) })
            output.WriteLine(
                $"{form}, {kind}: {string.Join(", ", some.GroupBy(r => r.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"))}"
            );
    }
}
