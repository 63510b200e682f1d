using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests;
using McuNet.Execution.Tests.Layers;
using McuNet.Facade;
using McuNet.Manifest;
using Xunit;
using InputMode = McuNet.Compiler.Scheduling.InputMode;

namespace McuNet.Cli.Tests.Snapshots;

/// <summary>
/// Everything that is written for three small models: C without the pasted kernels, header, CMake file, C#, façade and manifest. A change
/// of structure keeps all of it; a change of text shows here. build/hashes.sh does the same for real models.
/// </summary>
public sealed class EmittedTextTests
{
    private const string KernelsBegin = "#include \"net.h\"\n";
    private const string KernelsEnd = "#if defined(__BYTE_ORDER__)";

    [Theory]
    [InlineData("vector", "rp2040")]
    [InlineData("residual", "nrf52840")]
    [InlineData("streamed", "corstone300")]
    public void Emit_SmallModel_IsTheTextBesideTheTests(string name, string device)
    {
        var model = name switch
        {
            "vector" => Vector(),
            "residual" => Residual(),
            _ => Streamed(),
        };
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find(device).Value,
            Input = name == "streamed" ? InputMode.Rows : InputMode.Resident,
        };
        var compiled = ModelCompiler.Compile(model.ToArray(), "net", options).Value;
        Snapshot.Compare(name, Files(compiled));
    }

    private static IEnumerable<(string File, string Text)> Files(Compilation compilation)
    {
        var csharp = ProgramBuilder.CSharp(compilation.Model);
        foreach (var file in compilation.Code())
            yield return (file.Name, file.Name.EndsWith(".c", StringComparison.Ordinal) ? WithoutKernels(file.Text) : file.Text);
        var engine = CSharpEmitter.Emit(csharp).Text;
        yield return ("engine.cs", engine[..engine.IndexOf("class Kernels", StringComparison.Ordinal)]);
        var manifest = ManifestEmitter.Describe(compilation, csharp, "sha256:0");
        yield return ("manifest", ManifestText.Write(manifest));
        yield return ("facade.cs", FacadeWriter.Write(new FacadeRequest(manifest, "Firmware", manifest.ClassName, FacadeDialect.Spans)));
    }

    /// <summary>Kernels are held by tests of their own.</summary>
    private static string WithoutKernels(string text)
    {
        var (begin, end) = (
            text.IndexOf(KernelsBegin, StringComparison.Ordinal) + KernelsBegin.Length,
            text.IndexOf(KernelsEnd, StringComparison.Ordinal)
        );
        Assert.True(begin >= KernelsBegin.Length && end > begin, "the kernels of the C file were not found");
        return text[..begin] + "/* kernels */\n" + text[end..];
    }

    private static OnnxBytes Vector() =>
        Networks
            .Begin(1, 6)
            .Tensor("w", OnnxType.Int8, [4, 6], [.. Enumerable.Range(-12, 24).Select(i => (sbyte)(3 * i))])
            .Node("DequantizeLinear", "w weight none", "wd")
            .Node("Gemm", "in_dq wd", "g", ("transB", 1))
            .Node("Relu", "g", "r")
            .Rounded("r", "out", "coarse")
            .Output("out_dq", 1, 4);

    private static OnnxBytes Residual() =>
        Networks
            .Begin(1, 3, 6, 6)
            .Conv("in_dq", "a", 3, 4, 1)
            .Node("Relu", "a", "ar")
            .Rounded("ar", "a")
            .Conv("a_dq", "b", 4, 4, 2)
            .Rounded("b", "b", "coarse")
            .Node("Add", "a_dq b_dq", "s")
            .Rounded("s", "s", "coarse")
            .Node("GlobalAveragePool", "s_dq", "m")
            .Rounded("m", "m")
            .Output("m_dq", 1, 4, 1, 1);

    private static OnnxBytes Streamed() =>
        Networks
            .Begin(1, 2, 8, 4)
            .Conv("in_dq", "a", 2, 4, 3)
            .Rounded("a", "a")
            .Node("MaxPool", "a_dq", "p", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
            .Rounded("p", "p")
            .Conv("p_dq", "b", 4, 3, 4)
            .Rounded("b", "b")
            .Output("b_dq", 1, 3, 4, 2);
}
