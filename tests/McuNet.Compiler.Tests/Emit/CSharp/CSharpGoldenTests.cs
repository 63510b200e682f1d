using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Emit.CSharp;

/// <summary>Real models as generated C#: equal to the reference evaluator, and so as near to the golden vectors as that is.</summary>
public sealed class CSharpGoldenTests(ITestOutputHelper output)
{
    [SharedTheory]
    [InlineData("mlperf_kws_dscnn_int8", InputMode.Resident, 0)]
    [InlineData("mlperf_resnet8_int8", InputMode.Rows, 0)]
    [InlineData("mcunet_vww_int8", InputMode.Rows, 1)]
    [InlineData("coral_mbv1_025_128_uint8", InputMode.Resident, 0)]
    public void Engine_RealModel_MatchesReferenceAndGoldenVectors(string name, InputMode input, float tolerance)
    {
        var golden = new Golden(name);
        var graph = golden.Compile();
        var network = new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Memory, input, "stm32f746"));
        output.WriteLine(
            $"{name}: {network.Source.Length} characters, arena {network.Engine.ArenaBytes}, words {network.Engine.AccumulatorWords}"
        );
        var cases = Enumerable
            .Range(0, golden.CaseCount)
            .Select(c => graph.Inputs.Select((p, i) => Golden.ToStored(golden.Input(c, i), graph, p)).ToArray())
            .ToArray();
        var result = network.Run(cases);
        Assert.Equal(0, result.AllocatedBytes);
        for (var c = 0; c < cases.Length; c++)
        {
            for (var port = 0; port < graph.Outputs.Length; port++)
            {
                var actual = Golden.ToOnnx(result.Outputs[c][port], graph, graph.Outputs[port]);
                var comparison = golden.Compare(actual, c, port, graph.Outputs[port].Element);
                Assert.True(comparison.Largest <= tolerance, $"case {c}: {comparison}");
            }
        }
        var inputs = graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, cases[0][i])).ToArray();
        network.AssertMatches(name, inputs);
    }
}
