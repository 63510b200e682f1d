using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Programs;

/// <summary>
/// Resolves a compiled model for one target: the only place that turns row dependencies, schedules and memory plans into what code
/// addresses and calls.
/// </summary>
public static class ProgramBuilder
{
    /// <summary>What layer functions need beside the kernels.</summary>
    internal static readonly ImmutableArray<string> Basics = ["mn_common.h", "mn_rows.h"];

    /// <summary>The C of the device: kernels and memory as they were planned. Headers come first: a kernel calls what all layers together
    /// bring of its variants.</summary>
    public static DeviceProgram C(CompiledModel model)
    {
        var calls = model.Pieces is { } pieces
            ? CallSequence.Of(model.Schedule, pieces)
            : CallSequence.From(model.Schedule, n => !model.Kernels[n].IsDelivery);
        var memory = new ProgramMemory(model.Memory.ArenaBytes, Report(model.Memory, model.Memory.ArenaBytes), null);
        var program = Build(model, model.Kernels, calls, n => (model.Memory.ScratchOffset, model.Memory.StateOffsets[n]), memory);
        return program with { Sources = [.. program.Sources.OrderBy(s => KernelText.IsKernel(s.Name))] };
    }

    /// <summary>C#: portable kernels, in the same places of the arena where they suffice.</summary>
    public static DeviceProgram CSharp(CompiledModel model) =>
        CSharp(model, [.. model.Graph.Nodes.Select(n => OperatorTable.Lower(n.Operator, model.Graph.TypesOf(n), KernelTarget.Managed))]);

    /// <summary>The same with other kernels. It runs as a whole and holds its weights and kernels, whatever was asked of the C.</summary>
    /// <param name="kernels">By node.</param>
    public static DeviceProgram CSharp(CompiledModel model, ImmutableArray<KernelCall> kernels)
    {
        var layout = new ManagedLayout(model, kernels);
        var memory = new ProgramMemory(layout.ArenaBytes, Report(model.Memory, layout.ArenaBytes), layout.Words);
        var whole = model with { Pieces = null, KernelLinkage = KernelLinkage.Own, WeightStorage = WeightStorage.Code };
        return Build(whole, kernels, CallSequence.TableOf(model.Schedule), n => (layout.ScratchOf(n), layout.StateOf(n)), memory);
    }

    /// <param name="placesOf">By node: offsets of its scratch and of its accumulators.</param>
    private static DeviceProgram Build(
        CompiledModel model,
        ImmutableArray<KernelCall> kernels,
        CallSequence calls,
        Func<int, (int Scratch, int State)> placesOf,
        ProgramMemory memory
    )
    {
        var graph = model.Graph;
        var buffers = model
            .Memory.Tensors.Select((p, t) => p is null ? null : new TensorBuffer(graph.Tensors[t].Type, p.Offset, p.Slots))
            .ToArray();
        var blockRows = model.Schedule.BlockRows();
        var shared = KernelSharing.Functions(kernels, model.KernelLinkage);
        ImmutableArray<LayerCall> layers = [.. graph.Nodes.Select(Layer)];
        ImmutableArray<ProgramPort> inputs =
        [
            .. graph
                .Inputs.Where((_, i) => !graph.IsStateInput(i))
                .Select((p, i) => Port(p, model.StreamsInput && i == 0))
                .Select((p, i) => p with { Pixels = PixelMapping.Of(p.Type, i == 0 ? model.Preprocess : null) }),
        ];
        ImmutableArray<ProgramPort> outputs = [.. graph.Outputs.Where((_, i) => !graph.IsStateOutput(i)).Select(p => Port(p, false))];
        ImmutableArray<ProgramState> states =
        [
            .. graph.States.Select(s => new ProgramState(Port(graph.Inputs[s.Input], false), Port(graph.Outputs[s.Output], false))
            {
                KeepsRows = s.KeepsRows,
            }),
        ];
        return new DeviceProgram
        {
            Name = model.Name,
            Title = graph.Name,
            Layers = layers,
            Calls = calls,
            Constants = new ConstantPool(kernels),
            Sources = [.. Basics.Concat(kernels.SelectMany(k => k.Sources)).Distinct().Select(Source)],
            Inputs = inputs,
            Outputs = outputs,
            States = states,
            Sliding = model.Network.Sliding is { } sliding
                ? sliding with
                {
                    Port = Enumerable.Range(0, sliding.Port).Count(i => !graph.IsStateInput(i)),
                }
                : null,
            ModelInputs = Places(graph.Inputs.Length, "input", inputs, s => s.Input),
            ModelOutputs = Places(graph.Outputs.Length, "output", outputs, s => s.Output),
            Memory = memory,
            Work = new(graph.Macs, model.Network.Macs, model.MacFactor, model.Schedule.Segments.Length, model.Cycles),
            Delivery = model.StreamsInput ? new(model.InputPasses, DeliveryPlaces()) : null,
            Pieces = model.Pieces is { } pieces ? new(pieces.Steps.Length, pieces.LongestCycles) : null,
            SharedArena = model.SharedArena,
            WeightStorage = model.WeightStorage,
            KernelLinkage = model.KernelLinkage,
        };

        LayerCall Layer(Node node)
        {
            var (number, types) = (node.Id.Value, graph.TypesOf(node));
            var (kernel, rows) = (kernels[number], model.Schedule.Rows.Dependencies[number]);
            var (scratch, state) = placesOf(number);
            var place = new LayerMemory([.. node.Inputs.Select(Buffer)], Buffer(node.Output), scratch, state);
            var block = blockRows[number];
            var joined = block > 0 && (rows.Joinable || kernel.Arguments.Contains(KernelArgument.Block));
            return new LayerCall
            {
                Number = number,
                Name = node.Name,
                Kind = node.Operator.Kind,
                Macs = node.Operator.Macs(types),
                Memory = place,
                Kernel = kernel,
                Arguments = LayerCall.Bind(kernel, rows, place, joined),
                BlockRows = block < types.Output.Shape.Height ? block : 0,
                IsOneCall = rows.Steps == 1 || joined,
                Part = calls.LayerOf(number),
                SharesKernel = shared.Contains(kernel.Function),
            };
        }

        ProgramSource Source(string name) => new(name, KernelText.IsKernel(name) && !shared.Contains(name[..^2]), Basics.Contains(name));

        TensorBuffer Buffer(TensorId tensor) => buffers[tensor.Value]!;

        ProgramPort Port(GraphPort port, bool streamed) => new(port.Name, port.Dims, Buffer(port.Tensor), streamed);

        ImmutableArray<PortPlace> Places(int count, string kind, ImmutableArray<ProgramPort> own, Func<StatePorts, int> portOf)
        {
            var places = ImmutableArray.CreateBuilder<PortPlace>();
            var next = 0;
            for (var i = 0; i < count; i++)
            {
                var state = graph.States.Select(portOf).ToImmutableArray().IndexOf(i);
                places.Add(state < 0 ? new($"{kind}{next}", own[next++]) : new($"state{state}", states[state].Begin));
            }
            return places.ToImmutable();
        }

        ImmutableArray<(int, TensorBuffer)> DeliveryPlaces() =>
            [
                (calls.Table.InputLayer, Buffer(graph.Inputs[0].Tensor)),
                .. layers.Where(l => l.IsDelivery).Select(l => (l.Number, l.Memory.Output)),
            ];
    }

    private static ArenaReport Report(MemoryPlan plan, int bytes) =>
        new(plan.ProvedOptimal && bytes == plan.ArenaBytes, plan.LowerBound, bytes == plan.ArenaBytes ? plan.WeightBytes : 0, plan.AtPeak);
}
