using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;

namespace McuNet.Runtimes.OnnxRuntime;

internal sealed unsafe partial class OrtApi
{
    /// <summary>Runs the model; every tensor is copied, so no memory is shared with ONNX Runtime afterwards.</summary>
    public ImmutableArray<OnnxTensor> Run(OrtHandle session, IReadOnlyList<OnnxTensor> inputs, ImmutableArray<OnnxValueInfo> outputs)
    {
        var pins = new List<GCHandle>();
        var values = new List<OrtHandle>();
        try
        {
            var inputNames = inputs.Select(i => Pin(Terminated(i.Name), pins)).ToArray();
            var outputNames = outputs.Select(o => Pin(Terminated(o.Name), pins)).ToArray();
            values.AddRange(inputs.Select(i => CreateTensor(i, pins)));
            var inputValues = values.Select(v => v.Pointer).ToArray();
            var outputValues = new nint[outputs.Length];
            fixed (
                nint* inNames = inputNames,
                    ins = inputValues,
                    outNames = outputNames,
                    outs = outputValues
            )
            {
                Check(
                    ((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_slots[Slot.Run])(
                        session.Pointer,
                        0,
                        inNames,
                        ins,
                        (nuint)inputs.Count,
                        outNames,
                        (nuint)outputs.Length,
                        outs
                    ),
                    "run the model"
                );
            }
            values.AddRange(outputValues.Select(v => Own(v, Slot.ReleaseValue)));
            return outputs.Zip(outputValues, (info, value) => ReadTensor(info.Name, value)).ToImmutableArray();
        }
        finally
        {
            values.ForEach(v => v.Dispose());
            pins.ForEach(p => p.Free());
        }
    }

    private static nint Pin(Array array, List<GCHandle> pins)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        pins.Add(pin);
        return pin.AddrOfPinnedObject();
    }

    private OrtHandle CreateTensor(OnnxTensor tensor, List<GCHandle> pins)
    {
        const int deviceAllocator = 0;
        const int defaultMemory = 0;
        nint info;
        Check(
            ((delegate* unmanaged<int, int, nint*, nint>)_slots[Slot.CreateCpuMemoryInfo])(deviceAllocator, defaultMemory, &info),
            "describe memory"
        );
        using var memory = Own(info, Slot.ReleaseMemoryInfo);
        nint value;
        fixed (long* dims = tensor.Dims.AsSpan())
        {
            Check(
                ((delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)_slots[Slot.CreateTensorWithDataAsOrtValue])(
                    memory.Pointer,
                    Pin(tensor.Data, pins),
                    (nuint)tensor.Data.Length,
                    dims,
                    (nuint)tensor.Dims.Length,
                    (int)tensor.ElementType,
                    &value
                ),
                $"take tensor '{tensor.Name}'"
            );
        }
        return Own(value, Slot.ReleaseValue);
    }

    private OnnxTensor ReadTensor(string name, nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)_slots[Slot.GetTensorTypeAndShape])(value, &info), $"read the shape of '{name}'");
        using var owned = Own(info, Slot.ReleaseTensorTypeAndShapeInfo);
        var type = ElementType(info);
        var dims = Dimensions(info);
        if (type.Bytes() == 0)
            throw Failure($"read output '{name}'", $"its element type {type} has no fixed size", 0);
        byte* data;
        Check(((delegate* unmanaged<nint, byte**, nint>)_slots[Slot.GetTensorMutableData])(value, &data), $"read '{name}'");
        var bytes = checked((int)(dims.Aggregate(1L, (product, d) => product * d) * type.Bytes()));
        return new OnnxTensor(name, type, dims, new ReadOnlySpan<byte>(data, bytes).ToArray());
    }
}
