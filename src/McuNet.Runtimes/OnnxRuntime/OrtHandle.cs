using System;
using System.Runtime.InteropServices;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>An object owned by ONNX Runtime, released by the function that belongs to its kind.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    public OrtHandle(nint value, nint release)
        : base(0, ownsHandle: true)
    {
        _release = (delegate* unmanaged<nint, void>)release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer, valid while this object is kept alive and open.</summary>
    public nint Pointer => IsClosed ? throw new ObjectDisposedException(nameof(OnnxSession)) : handle;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
