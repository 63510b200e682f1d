using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Programs;
using McuNet.Manifest;

namespace McuNet.Compiler.Pipeline;

/// <summary>Writes what the source generator needs to know about a compiled model.</summary>
public static class ManifestEmitter
{
    /// <param name="managed">The C#, whose engine a façade calls.</param>
    public static ModelManifest Describe(Compilation compilation, DeviceProgram managed, string modelHash)
    {
        var (program, options, footprint) = (compilation.Program, compilation.Options, compilation.Footprint);
        return new()
        {
            Name = program.Name,
            ClassName = ModelNames.ClassName(program.Name),
            EngineClass = ModelNames.EngineClass(program.Name),
            ModelHash = modelHash,
            DeviceId = options.Device.Id,
            DeviceName = options.Device.Name,
            ArenaBytes = managed.Memory.ArenaBytes,
            AccumulatorWords = managed.Memory.Words!.Count,
            SharedArena = program.SharedArena,
            InputMode = program.Delivery is null ? InputMode.Resident : InputMode.Rows,
            InputPasses = program.Delivery?.Passes ?? 1,
            Window = program.Sliding is { } sliding ? new(sliding.Port, sliding.Rows, sliding.WarmUp, sliding.InColumns) : null,
            Sram = new(program.Memory.ArenaBytes, footprint.Stack, compilation.SramBytes, options.SramBudget),
            Flash = new(footprint.Weights, footprint.Code, footprint.Flash, options.FlashBudget, footprint.Measured),
            Macs = program.Work.NetworkMacs,
            MacFactor = program.Work.MacFactor,
            Cycles = (long)program.Work.Cycles,
            LatencyMs = options.Device.Milliseconds(program.Work.Cycles),
            EnergyMj = options.Device.Millijoules(program.Work.Cycles),
            Inputs = Ports(managed.Inputs),
            Outputs = Ports(managed.Outputs),
            States = Ports(managed.States.Select(s => s.Begin)),
        };
    }

    private static EquatableArray<TensorManifest> Ports(IEnumerable<ProgramPort> ports) => ports.Select(Port).ToEquatableArray();

    private static PixelManifest Pixels(ProgramPort port, PixelMapping pixels) =>
        new()
        {
            Range = pixels.Range,
            Given = pixels.IsGiven,
            Gains = new(pixels.Gains),
            Offsets = new(pixels.Offsets),
            Shift = pixels.Shift(port.Type),
        };

    private static TensorManifest Port(ProgramPort port) =>
        new()
        {
            Name = port.Name,
            OnnxDims = new(port.Dims),
            Nhwc = new([1, port.Type.Shape.Height, port.Type.Shape.Width, port.Type.Shape.Channels]),
            Type = port.Type.Element switch
            {
                Graph.ElementType.Int8 => ElementType.Int8,
                Graph.ElementType.UInt8 => ElementType.UInt8,
                Graph.ElementType.Int32 => ElementType.Int32,
                Graph.ElementType.Float32 => ElementType.Float32,
                var other => throw new InvalidOperationException($"port '{port.Name}' is {other}"),
            },
            Scale = port.Type.Quantization?.Scale ?? 1,
            ZeroPoint = port.Type.Quantization?.ZeroPoint ?? 0,
            Pixels = port.Pixels is { } pixels ? Pixels(port, pixels) : null,
            ByteOffset = port.IsStreamed ? 0 : port.Buffer.Offset,
            Elements = port.Type.Shape.Elements,
            Streamed = port.IsStreamed,
        };
}
