using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>The schedules under test.</summary>
public enum Plan
{
    /// <summary>The fastest that fits, input in the arena.</summary>
    Fit,

    /// <summary>The smallest, input in the arena.</summary>
    Memory,

    /// <summary>The smallest, input row by row.</summary>
    Rows,

    /// <summary>The smallest, input row by row, in up to four passes.</summary>
    Passes,
}

/// <summary>A real model with its golden cases. Imported and evaluated once, compiled once for each schedule and device.</summary>
internal sealed class RealModel
{
    private static readonly ConcurrentDictionary<string, Lazy<RealModel>> All = new();
    private readonly ConcurrentDictionary<(Plan, string), Lazy<CompiledModel>> _compiled = new();
    private readonly Lazy<Outputs> _expected;

    private RealModel(string name)
    {
        Name = name;
        Golden = new Golden(name);
        Graph = Golden.Compile();
        Cases = Enumerable
            .Range(0, Golden.CaseCount)
            .Select(c => (IReadOnlyList<byte[]>)Graph.Inputs.Select((p, i) => Golden.ToStored(Golden.Input(c, i), Graph, p)).ToArray())
            .ToArray();
        _expected = new(() => Outputs.Reference(Graph, Cases));
    }

    public static string[] Names { get; } =
    [
        "mlperf_ad01_int8",
        "mlperf_ad01_qlinear",
        "mlperf_kws_dscnn_int8",
        "mlperf_resnet8_int8",
        "mlperf_resnet8_qlinear",
        "mlperf_vww_int8",
        "mcunet_vww_int8",
        "mcunet_detection_int8",
        "tflm_micro_speech_int8",
        "tflm_hello_int8",
        "lenet300_int8",
        "mltk_rps_int8",
        "mltk_fingerprint_int8",
        "mltk_kws_onoff_int8",
        "coral_mbv1_025_128_uint8",
    ];

    /// <summary>Those with more than 200 kB of weights: compiling them takes seconds, so not every executor gets every schedule.</summary>
    public static string[] Heavy { get; } =
    [
        "mlperf_ad01_int8",
        "mlperf_ad01_qlinear",
        "mlperf_vww_int8",
        "mcunet_vww_int8",
        "mcunet_detection_int8",
        "lenet300_int8",
        "mltk_kws_onoff_int8",
        "coral_mbv1_025_128_uint8",
    ];

    public string Name { get; }

    public Golden Golden { get; }

    public NetworkGraph Graph { get; }

    /// <summary>Inputs of every golden case, in stored order.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Cases { get; }

    /// <summary>What the reference evaluator gives for <see cref="Cases"/>.</summary>
    public Outputs Expected => _expected.Value;

    /// <summary>
    /// Largest difference to ONNX Runtime, in steps of the output. Not 0 where ONNX Runtime computes a mean in float32 and the reference in
    /// integers, and for the one model with a float output.
    /// </summary>
    public float Tolerance =>
        Name switch
        {
            "mltk_fingerprint_int8" => 1,
            "lenet300_int8" => 1e-5f,
            _ => 0,
        };

    public static RealModel Of(string name) => All.GetOrAdd(name, n => new(() => new RealModel(n))).Value;

    public CompiledModel Compile(Plan plan, string device = "stm32l4r5") =>
        _compiled.GetOrAdd((plan, device), key => new(() => Compile(Name, Graph, key.Item1, key.Item2))).Value;

    public static CompiledModel Compile(string name, NetworkGraph graph, Plan plan, string device) =>
        ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = name,
                    Device = DeviceDatabase.Find(device).Value,
                    Objective = plan == Plan.Fit ? Objective.Fit : Objective.Memory,
                    Input = plan is Plan.Rows or Plan.Passes ? InputMode.Rows : InputMode.Resident,
                    InputPasses = plan == Plan.Passes ? 4 : 1,
                }
            )
            .Value.Model;

    /// <summary>All cases of a small model, two of a large one: emulation costs about a second per hundred million instructions.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> CasesForEmulation => Graph.Macs > 4_000_000 ? [Cases[0], Cases[^1]] : Cases;

    /// <summary>What the reference evaluator gives for <see cref="CasesForEmulation"/>.</summary>
    public Outputs ExpectedOnEmulation => CasesForEmulation.Count == Cases.Count ? Expected : new([Expected.Cases[0], Expected.Cases[^1]]);

    /// <summary>Compares outputs with those that ONNX Runtime gave.</summary>
    public void AssertNearGolden(Outputs actual)
    {
        for (var c = 0; c < Golden.CaseCount; c++)
        {
            for (var o = 0; o < Graph.Outputs.Length; o++)
            {
                var port = Graph.Outputs[o];
                var comparison = Golden.Compare(Golden.ToOnnx(actual.Cases[c][o], Graph, port), c, o, port.Element);
                Assert.True(comparison.Largest <= Tolerance && comparison.SameTop, $"case {c}, output {o}: {comparison}");
            }
        }
    }
}
