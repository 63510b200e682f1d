using System;
using System.Runtime.InteropServices;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>
/// The function table of ONNX Runtime's C interface, asked for at version 14 (the table only grows at its end, so every later
/// library serves it). Slot numbers are positions in <c>struct OrtApi</c> of onnxruntime_c_api.h.
/// </summary>
internal sealed unsafe partial class OrtApi
{
    private const uint TableVersion = 14;
    private const int LogErrorsOnly = 3;

    private readonly nint* _slots;
    private readonly OrtHandle _environment;

    private OrtApi(nint* slots)
    {
        _slots = slots;
        nint environment;
        var name = stackalloc byte[] { (byte)'m', (byte)'c', (byte)'u', 0 };
        Check(((delegate* unmanaged<int, byte*, nint*, nint>)slots[Slot.CreateEnv])(LogErrorsOnly, name, &environment), "start");
        _environment = Own(environment, Slot.ReleaseEnv);
    }

    /// <summary>Loads the library; it stays loaded until the process ends.</summary>
    public static OrtApi Load(string path)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Failure("be loaded", e.Message, 0);
        }
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var entry))
            throw Failure("be loaded", $"'{path}' has no OrtGetApiBase", 0);
        var table = (nint*)((delegate* unmanaged<nint>)entry)();
        var slots = (nint*)((delegate* unmanaged<uint, nint>)table[0])(TableVersion);
        if (slots == null)
            throw Failure("be loaded", $"'{path}' is older than 1.{TableVersion}", 0);
        return new OrtApi(slots);
    }

    /// <summary>Throws MCU7016 with ONNX Runtime's own message when the call failed.</summary>
    private void Check(nint status, string attempt)
    {
        if (status == 0)
            return;
        var code = ((delegate* unmanaged<nint, int>)_slots[Slot.GetErrorCode])(status);
        var message = Text(((delegate* unmanaged<nint, nint>)_slots[Slot.GetErrorMessage])(status));
        ((delegate* unmanaged<nint, void>)_slots[Slot.ReleaseStatus])(status);
        throw Failure(attempt, message, code);
    }

    private static OnnxRuntimeException Failure(string attempt, string message, int code) =>
        new(Diagnostic.Create(DiagnosticCatalog.OnnxRuntimeFailed, attempt, message, code), code);

    private OrtHandle Own(nint value, int releaseSlot) => new(value, _slots[releaseSlot]);

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static class Slot
    {
        public const int GetErrorCode = 1;
        public const int GetErrorMessage = 2;
        public const int CreateEnv = 3;
        public const int CreateSessionFromArray = 8;
        public const int Run = 9;
        public const int CreateSessionOptions = 10;
        public const int SetOptimizedModelFilePath = 11;
        public const int SetSessionGraphOptimizationLevel = 23;
        public const int SetIntraOpNumThreads = 24;
        public const int SetInterOpNumThreads = 25;
        public const int SessionGetInputCount = 30;
        public const int SessionGetOutputCount = 31;
        public const int SessionGetInputTypeInfo = 33;
        public const int SessionGetOutputTypeInfo = 34;
        public const int SessionGetInputName = 36;
        public const int SessionGetOutputName = 37;
        public const int CreateTensorWithDataAsOrtValue = 49;
        public const int GetTensorMutableData = 51;
        public const int CastTypeInfoToTensorInfo = 55;
        public const int GetTensorElementType = 60;
        public const int GetDimensionsCount = 61;
        public const int GetDimensions = 62;
        public const int GetTensorTypeAndShape = 65;
        public const int CreateCpuMemoryInfo = 69;
        public const int AllocatorFree = 76;
        public const int GetAllocatorWithDefaultOptions = 78;
        public const int ReleaseEnv = 92;
        public const int ReleaseStatus = 93;
        public const int ReleaseMemoryInfo = 94;
        public const int ReleaseSession = 95;
        public const int ReleaseValue = 96;
        public const int ReleaseTypeInfo = 98;
        public const int ReleaseTensorTypeAndShapeInfo = 99;
        public const int ReleaseSessionOptions = 100;
        public const int AddSessionConfigEntry = 130;
    }
}
