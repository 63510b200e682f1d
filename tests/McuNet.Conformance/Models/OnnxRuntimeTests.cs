using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Tests;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Conformance.Models;

/// <summary>The reference evaluator against ONNX Runtime on inputs that no golden vector holds.</summary>
public sealed class OnnxRuntimeTests(ITestOutputHelper output)
{
    public static TheoryData<string> Models { get; } = new(RealModel.Names);

    [RealModelInOnnxRuntimeTheory]
    [MemberData(nameof(Models))]
    public void ReferenceEvaluator_FreshInputs_IsWithinRoundingOfOnnxRuntime(string name)
    {
        var (model, golden) = (RealModel.Of(name), GoldenCases.Read(Shared.Path("models", "golden", name)).Value);
        using var session = OnnxSession.Open(model.Golden.Model);
        foreach (var (kind, onnx) in Inputs(golden.Inputs[0], seed: 20))
        {
            var given = session.Run([golden.Inputs[0].ToGraph(onnx)]);
            var actual = Outputs
                .Reference(
                    model.Graph,
                    [
                        [Golden.ToStored(onnx, model.Graph, model.Graph.Inputs[0])],
                    ]
                )
                .Cases[0];
            for (var o = 0; o < model.Graph.Outputs.Length; o++)
            {
                var port = model.Graph.Outputs[o];
                var element = model.Graph[port.Tensor].Type.Element;
                var comparison = Golden.Compare(
                    Golden.ToOnnx(actual[o], model.Graph, port),
                    golden.Outputs[o].FromGraph(given[o]),
                    element
                );
                output.WriteLine($"{name}, {kind}, output {o}: {comparison}");
                Assert.True(comparison.Largest <= model.Tolerance && comparison.SameTop, $"{kind}, output {o}: {comparison}");
            }
        }
    }

    /// <summary>Noise, smooth waves, both ends of the range, and stripes between them.</summary>
    private static IEnumerable<(string Kind, byte[] Onnx)> Inputs(GoldenTensor tensor, int seed)
    {
        var random = new Random(seed);
        var (period, phase) = (5 + 40 * random.NextDouble(), 6 * random.NextDouble());
        yield return ("noise", Bytes(_ => random.Next(-128, 128)));
        yield return ("faint noise", Bytes(_ => random.Next(-9, 10)));
        yield return ("waves", Bytes(i => (int)(127 * Math.Sin(i / period + phase))));
        yield return ("minimum", Bytes(_ => -128));
        yield return ("maximum", Bytes(_ => 127));
        yield return ("stripes", Bytes(i => i / 3 % 2 == 0 ? -128 : 127));

        byte[] Bytes(Func<int, int> signed)
        {
            var shift = tensor.Stored == OnnxElementType.UInt8 ? 128 : 0;
            return Enumerable.Range(0, tensor.Elements).Select(i => unchecked((byte)(signed(i) + shift))).ToArray();
        }
    }
}
