using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.Manifest;

/// <summary>Writes what the source generator needs to know about a compiled model.</summary>
public static class ManifestEmitter
{
    public static ModelManifest Describe(CompiledModel model, CompileOptions options, Footprint footprint, string modelHash) => new()
    {
        Name = model.Name,
        ClassName = ModelNames.ClassName(model.Name),
        EngineClass = ModelNames.EngineClass(model.Name),
        ModelHash = modelHash,
        DeviceId = options.Device.Id,
        DeviceName = options.Device.Name,
        ArenaBytes = CSharpEmitter.Memory(model).ArenaBytes,
        AccumulatorWords = CSharpEmitter.Memory(model).AccumulatorWords,
        SharedArena = model.SharedArena,
        InputMode = model.StreamsInput ? McuNet.Manifest.InputMode.Rows : McuNet.Manifest.InputMode.Resident,
        InputPasses = model.InputPasses,
        Sram = new(model.Memory.ArenaBytes, footprint.Stack, model.Memory.ArenaBytes + footprint.Stack, options.SramBudget),
        Flash = new(footprint.Weights, footprint.Code, footprint.Flash, options.FlashBudget, footprint.Measured),
        Macs = model.Network.Macs,
        MacFactor = model.MacFactor,
        Cycles = (long)model.Cycles,
        LatencyMs = options.Device.Milliseconds(model.Cycles),
        EnergyMj = options.Device.Millijoules(model.Cycles),
        Inputs = Ports(model, model.Graph.Inputs, streamed: model.StreamsInput),
        Outputs = Ports(model, model.Graph.Outputs, streamed: false),
    };

    private static EquatableArray<TensorManifest> Ports(CompiledModel model, IEnumerable<GraphPort> ports, bool streamed) =>
        ports.Select(p => Port(model, p, streamed)).ToEquatableArray();

    private static TensorManifest Port(CompiledModel model, GraphPort port, bool streamed)
    {
        var type = model.Graph[port.Tensor].Type;
        return new TensorManifest
        {
            Name = port.Name,
            OnnxDims = new(port.Dims),
            Nhwc = new([1, type.Shape.Height, type.Shape.Width, type.Shape.Channels]),
            Type = type.Element switch
            {
                Graph.ElementType.Int8 => McuNet.Manifest.ElementType.Int8,
                Graph.ElementType.UInt8 => McuNet.Manifest.ElementType.UInt8,
                _ => McuNet.Manifest.ElementType.Float32,
            },
            Scale = type.Quantization?.Scale ?? 1,
            ZeroPoint = type.Quantization?.ZeroPoint ?? 0,
            ByteOffset = streamed ? 0 : model.Memory.Tensors[port.Tensor.Value]!.Offset,
            Elements = type.Shape.Elements,
            Streamed = streamed,
        };
    }
}
