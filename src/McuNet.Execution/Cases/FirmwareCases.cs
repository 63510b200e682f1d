using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.Firmware;

namespace McuNet.Execution.Cases;

/// <summary>Cases for a board: inputs from a case folder or noise, outputs and layers of the reference evaluator.</summary>
public static class FirmwareCases
{
    /// <summary>Cases of a folder; the log and the time on the board grow with them.</summary>
    private const int MostGiven = 16;

    /// <summary>By layer: its output, where a single call writes all of it and the arena keeps it to the end of the call.</summary>
    public static ImmutableArray<ArenaTensor?> Tensors(DeviceProgram program) =>
        [
            .. program.Layers.Select(l =>
                l.Part is not null && l.Memory.Output is { IsRing: false } output ? new ArenaTensor(output.Offset, output.Bytes) : null
            ),
        ];

    /// <summary>Inputs by case: noise, or those of a folder, whose outputs the reference must reach but for rounding (else
    /// MCU7023).</summary>
    public static StageResult<IReadOnlyList<IReadOnlyList<byte[]>>> Inputs(Compilation compilation, string model, string? folder)
    {
        var network = compilation.Model.Network;
        if (folder is null)
            return StageResult<IReadOnlyList<IReadOnlyList<byte[]>>>.Success(NoiseCases.Of(network));
        return GoldenCases
            .Read(folder)
            .Then(read =>
                CasesFit.For(network, read) is var golden && CasesFit.Check(folder, model, golden, network) is { IsEmpty: false } misfits
                    ? StageResult<IReadOnlyList<IReadOnlyList<byte[]>>>.Failure(misfits)
                    : Checked(golden, network)
            );
    }

    /// <param name="flashLeft">Bytes for cases.</param>
    /// <returns>As many cases as fit, from the first on.</returns>
    public static ImmutableArray<FirmwareCase> Fitting(
        CompiledModel model,
        IReadOnlyList<IReadOnlyList<byte[]>> inputs,
        ImmutableArray<ArenaTensor?> tensors,
        long flashLeft
    )
    {
        var count = (int)Math.Min(inputs.Count, flashLeft / Bytes(model, tensors));
        return [.. inputs.Take(count).Select(values => Case(model, values, tensors))];
    }

    /// <summary>Flash that a case takes.</summary>
    public static long Bytes(CompiledModel model, ImmutableArray<ArenaTensor?> tensors) =>
        model.Network.Inputs.Concat(model.Network.Outputs).Sum(p => (long)model.Network[p.Tensor].Type.Bytes)
        + sizeof(uint) * tensors.Length;

    private static FirmwareCase Case(CompiledModel model, IReadOnlyList<byte[]> inputs, ImmutableArray<ArenaTensor?> tensors)
    {
        var values = ReferenceEvaluator.RunAll(
            model.Graph,
            [.. model.Graph.Inputs.Select((p, i) => new TensorData(model.Graph[p.Tensor].Type, inputs[i]))]
        );
        var outputs = ReferenceEvaluator.Run(model.Network, Data(model.Network, inputs)).Select(t => t.Bytes).ToArray();
        return new FirmwareCase(
            inputs,
            outputs,
            [.. model.Graph.Nodes.Select((n, i) => tensors[i] is null ? null : values[n.Output.Value].Bytes)]
        );
    }

    private static StageResult<IReadOnlyList<IReadOnlyList<byte[]>>> Checked(GoldenModel golden, NetworkGraph network)
    {
        var total = new Agreement(0, 0, 0, 0, 0);
        var inputs = new List<IReadOnlyList<byte[]>>();
        foreach (var given in golden.Cases.Take(MostGiven))
        {
            inputs.Add(PortLayout.StoredInputs(given, network));
            var results = ReferenceEvaluator.Run(network, Data(network, inputs[^1]));
            for (var o = 0; o < results.Length; o++)
                total += Agreement.Of(
                    PortLayout.ToStored(given.Outputs[o], network, network.Outputs[o]),
                    results[o].Bytes,
                    results[o].Type.Element
                );
        }
        return total.IsWithinRounding
            ? StageResult<IReadOnlyList<IReadOnlyList<byte[]>>>.Success(inputs)
            : StageResult<IReadOnlyList<IReadOnlyList<byte[]>>>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.ExecutorsDisagree,
                    network.Name,
                    "reference",
                    total.Mismatches,
                    total.Elements,
                    total.Largest
                )
            );
    }

    private static TensorData[] Data(NetworkGraph network, IReadOnlyList<byte[]> inputs) =>
        [.. network.Inputs.Select((p, i) => new TensorData(network[p.Tensor].Type, inputs[i]))];
}
