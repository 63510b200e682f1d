using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that needs ONNX Runtime; skipped, visibly, where it is not installed.</summary>
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed";
}
