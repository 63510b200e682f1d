using System;
using System.Collections.Immutable;

namespace McuNet.Runtimes.OnnxRuntime;

internal sealed unsafe partial class OrtApi
{
    private const int NotImplemented = 9;

    /// <summary>Loads a model from memory; ONNX Runtime keeps no reference to the array.</summary>
    /// <remarks>
    /// On processors without VNNI the precise mode turns int8 weights of QLinearConv into uint8 even where the activations are
    /// int8, and no kernel takes that pair. Such a model is loaded again without that one rewrite.
    /// </remarks>
    public OrtHandle CreateSession(byte[] model, OnnxSessionOptions options)
    {
        try
        {
            return CreateSession(model, options, keepWeightTypes: false);
        }
        catch (OnnxRuntimeException e) when (e.Code == NotImplemented)
        {
            return CreateSession(model, options, keepWeightTypes: true);
        }
    }

    private OrtHandle CreateSession(byte[] model, OnnxSessionOptions options, bool keepWeightTypes)
    {
        using var settings = CreateOptions(options);
        if (keepWeightTypes)
            SetEntry(settings, "optimization.disable_specified_optimizers", "Avx2WeightS8ToU8Transformer");
        nint session;
        fixed (byte* bytes = model)
        {
            Check(
                ((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)_slots[Slot.CreateSessionFromArray])(
                    _environment.Pointer,
                    bytes,
                    (nuint)model.Length,
                    settings.Pointer,
                    &session
                ),
                "load the model"
            );
        }
        return Own(session, Slot.ReleaseSession);
    }

    public ImmutableArray<OnnxValueInfo> Inputs(OrtHandle session) =>
        Values(session, Slot.SessionGetInputCount, Slot.SessionGetInputName, Slot.SessionGetInputTypeInfo);

    public ImmutableArray<OnnxValueInfo> Outputs(OrtHandle session) =>
        Values(session, Slot.SessionGetOutputCount, Slot.SessionGetOutputName, Slot.SessionGetOutputTypeInfo);

    private OrtHandle CreateOptions(OnnxSessionOptions options)
    {
        nint created;
        Check(((delegate* unmanaged<nint*, nint>)_slots[Slot.CreateSessionOptions])(&created), "create options");
        var settings = Own(created, Slot.ReleaseSessionOptions);
        SetNumber(settings, Slot.SetSessionGraphOptimizationLevel, (int)options.Optimisation);
        SetNumber(settings, Slot.SetIntraOpNumThreads, 1);
        SetNumber(settings, Slot.SetInterOpNumThreads, 1);
        SetEntry(settings, "session.x64quantprecision", "1");
        if (options.SaveOptimizedPath is { } path)
            SetOptimizedPath(settings, path);
        return settings;
    }

    private void SetNumber(OrtHandle settings, int slot, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)_slots[slot])(settings.Pointer, value), "set an option");

    private void SetEntry(OrtHandle settings, string key, string value)
    {
        fixed (
            byte* keyText = Terminated(key),
                valueText = Terminated(value)
        )
        {
            Check(
                ((delegate* unmanaged<nint, byte*, byte*, nint>)_slots[Slot.AddSessionConfigEntry])(settings.Pointer, keyText, valueText),
                $"set {key}"
            );
        }
    }

    private void SetOptimizedPath(OrtHandle settings, string path)
    {
        var set = (delegate* unmanaged<nint, void*, nint>)_slots[Slot.SetOptimizedModelFilePath];
        fixed (byte* utf8 = Terminated(path))
        fixed (char* utf16 = path)
        {
            Check(set(settings.Pointer, OperatingSystem.IsWindows() ? utf16 : utf8), "set the path of the optimised model");
        }
    }

    private ImmutableArray<OnnxValueInfo> Values(OrtHandle session, int countSlot, int nameSlot, int typeSlot)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_slots[countSlot])(session.Pointer, &count), "count values");
        var values = ImmutableArray.CreateBuilder<OnnxValueInfo>((int)count);
        for (nuint i = 0; i < count; i++)
        {
            nint type;
            Check(((delegate* unmanaged<nint, nuint, nint*, nint>)_slots[typeSlot])(session.Pointer, i, &type), "read a type");
            using var owned = Own(type, Slot.ReleaseTypeInfo);
            nint tensor;
            Check(((delegate* unmanaged<nint, nint*, nint>)_slots[Slot.CastTypeInfoToTensorInfo])(type, &tensor), "read a type");
            var name = ValueName(session, nameSlot, i);
            values.Add(
                tensor == 0
                    ? new OnnxValueInfo(name, OnnxElementType.Undefined, [])
                    : new OnnxValueInfo(name, ElementType(tensor), Dimensions(tensor))
            );
        }
        return values.MoveToImmutable();
    }

    private string ValueName(OrtHandle session, int slot, nuint index)
    {
        nint allocator,
            name;
        Check(((delegate* unmanaged<nint*, nint>)_slots[Slot.GetAllocatorWithDefaultOptions])(&allocator), "get an allocator");
        Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)_slots[slot])(session.Pointer, index, allocator, &name), "read a name");
        var text = Text(name);
        Check(((delegate* unmanaged<nint, nint, nint>)_slots[Slot.AllocatorFree])(allocator, name), "free a name");
        return text;
    }

    private OnnxElementType ElementType(nint tensorInfo)
    {
        int type;
        Check(((delegate* unmanaged<nint, int*, nint>)_slots[Slot.GetTensorElementType])(tensorInfo, &type), "read an element type");
        return (OnnxElementType)type;
    }

    private ImmutableArray<long> Dimensions(nint tensorInfo)
    {
        nuint rank;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_slots[Slot.GetDimensionsCount])(tensorInfo, &rank), "read a rank");
        var dims = new long[rank];
        fixed (long* first = dims)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)_slots[Slot.GetDimensions])(tensorInfo, first, rank), "read dimensions");
        }
        return ImmutableArray.Create(dims);
    }
}
