using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Options;
using McuNet.Runtimes.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Conformance.TfLite;

/// <summary>Tests that need cases of TFLite Micro; skipped, visibly, where they are absent.</summary>
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() =>
        Skip = PeerCase.Names.Any()
            ? Needs.HostCompiler
            : "cases of TFLite Micro are absent (../shared/peer/tflm, or the folder in MCUNET_TFLM_SUITE)";
}

/// <summary>
/// TFLite Micro's integration tests: within 1 of its results, because it rounds a fixed-point multiplication away from zero and this
/// project one in float32 to even. <c>build/tflm-suite.sh</c> prints them by operator.
/// </summary>
public sealed class PeerTests(ITestOutputHelper output)
{
    private const double Tolerance = 1;

    /// <summary>In the gate every so manieth case of an operator runs in generated code.</summary>
    private const int Share = 8;

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";

    [PeerFact]
    public void Cases_OfTfLiteMicro_AreEqualOrOneOff()
    {
        var problems = new List<string>();
        foreach (var group in PeerCase.Names.GroupBy(n => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(n))))
        {
            var (elements, off, largest, cases) = (0L, 0L, 0.0, 0);
            foreach (var file in group)
            {
                var (test, refused) = PeerCase.Read(file);
                if (test is null)
                {
                    problems.Add($"{System.IO.Path.GetFileName(file)}: {refused}");
                    continue;
                }

                var result = test.Result(Outputs.Reference(test.Network, [test.Inputs()]).Cases[0][0]);
                Assert.Equal(test.Golden.Length, result.Length);
                double[] differences = [.. test.Golden.Zip(result, (g, r) => Math.Abs(g - r))];
                (cases, elements, off, largest) = (
                    cases + 1,
                    elements + differences.Length,
                    off + differences.Count(d => d > 0),
                    Math.Max(largest, differences.Max())
                );
                if (differences.Max() > Tolerance)
                {
                    var far = differences.Count(d => d > Tolerance);
                    problems.Add($"{test.Name}: {far} of {differences.Length} elements are more than 1 off, {differences.Max()} at most");
                }
            }

            output.WriteLine($"{group.Key}: {cases} of {group.Count()} cases, {elements} elements, {off} not equal, {largest} off at most");
        }

        Assert.Empty(problems);
    }

    [PeerFact]
    public void Cases_InGeneratedCode_GiveTheBitsOfTheReference()
    {
        var problems = PeerCase.Names.Where((_, i) => IsWhole || i % Share == 0).AsParallel().AsOrdered().SelectMany(Problems).ToArray();
        Assert.Empty(problems);
    }

    private static IEnumerable<string> Problems(string file)
    {
        if (PeerCase.Read(file).Case is not { } test)
            return [$"{file} is refused"];
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32f746").Value,
            Budgets = new Budgets(SramBytes: 1 << 24, FlashBytes: 1 << 26),
        };
        var model = ModelCompiler.Compile(test.Network, options).Value.Model;
        var inputs = test.Inputs();
        var expected = Outputs.Reference(test.Network, [inputs]).Cases[0][0];
        var host = CompiledC.OnHost(model, [inputs]);
        if (!host.Succeeded)
            return host.Diagnostics.Select(d => $"{test.Name}, C: {d.Message}");
        var managed = new ManagedNetwork(model).Run([inputs]).Outputs[0][0];
        return new[] { ("C", host.Value.Cases[0][0]), ("C#", managed) }
            .Where(a => Outputs.Difference(expected, a.Item2) is not null)
            .Select(a => $"{test.Name}, {a.Item1}: {Outputs.Difference(expected, a.Item2)}");
    }
}
