using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using McuNet.Conformance.Nano;
using McuNet.Tests;
using Microsoft.CodeAnalysis;
using Xunit;

namespace McuNet.Conformance.Interop;

/// <summary>A test that builds C++ with CMake; skipped, visibly, without the tools.</summary>
public sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute() =>
        Skip = new[] { "cmake", "make", "g++" }.FirstOrDefault(t =>
            !Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, t)))
        )
            is { } missing
            ? $"{missing} is not installed"
            : null;
}

/// <summary>
/// What the target interop writes, built as the firmware of .NET nanoFramework builds it, against headers of the tests in place of the
/// firmware's, and called as the CLR calls it.
/// </summary>
public sealed class InteropTests
{
    private const string Firmware = "Interop/firmware";

    [InteropFact]
    public void NativeMethod_OfANetwork_GivesTheReferenceAndRefusesShortArrays()
    {
        var net = new NetworkBuilder(4);
        var graph = net.Build("small", net.Conv(net.Input(5, 4, 3), 7, NetworkBuilder.Square(3)));
        var (input, output) = (graph[graph.Inputs[0].Tensor].Type, graph[graph.Outputs[0].Tensor].Type);
        var folder = Directory.CreateTempSubdirectory("mcunet interop ").FullName;
        try
        {
            var program = Build(folder, graph, [0x78, 0x56, 0x34, 0x12]);
            var values = new byte[input.Bytes];
            for (var i = 0; i < values.Length; i++)
                values[i] = (byte)(37 * i % 128);
            var expected = ReferenceEvaluator.Run(graph, [new TensorData(input, values)])[0].Bytes;

            var run = Run(program, values, [input.Bytes, input.Bytes, output.Bytes, output.Bytes + 5]);
            Assert.Equal((0, Convert.ToHexStringLower(expected)), (run.Code, run.Output));
            Assert.Equal("McuNetSmall 0x12345678 1", run.Error.Trim());
            Assert.Equal(3, Run(program, values, [input.Bytes, input.Bytes - 1, output.Bytes, output.Bytes]).Code);
            Assert.Equal(3, Run(program, values, [input.Bytes, input.Bytes, output.Bytes, output.Bytes - 1]).Code);
            Assert.Equal(2, Run(program, values, [input.Bytes, input.Bytes, 0, output.Bytes]).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Two inputs of different types and a real output.</summary>
    [Fact]
    public void Stub_AgainstTheCoreLibrary_HasOneNativeMethodAndNothingElse()
    {
        var net = new NetworkBuilder(6);
        var x = net.Input(2, 2, 3);
        var graph = RealNetwork.Of(net.Build("two", net.Dense(x, 4)), 0);
        var (image, complaints) = NanoAssembly.Compile(Text(Emit(graph), "two.interop.g.cs"));

        Assert.Empty(complaints);
        var type = Assert.Single(NanoAssembly.Types(image!), t => t.Name != "<Module>");
        var method = Assert.Single(type.GetMembers().OfType<IMethodSymbol>());
        Assert.Equal(("McuNet.Interop.Two", "Run", true), (type.ToDisplayString(), method.Name, method.IsStatic));
        Assert.Equal(MethodImplAttributes.InternalCall, method.MethodImplementationFlags);
        Assert.Equal(["float[]", "float[]"], method.Parameters.Select(p => p.Type.ToDisplayString()));
        var fields = type.GetMembers().OfType<IFieldSymbol>().ToArray();
        Assert.All(fields, f => Assert.True(f.IsConst));
        Assert.Equal([12, 4], fields.Where(f => f.Name.EndsWith("Length", StringComparison.Ordinal)).Select(f => (int)f.ConstantValue!));
        Assert.Contains("Run___STATIC__VOID__SZARRAY_R4__SZARRAY_R4", Text(Emit(graph), "McuNetTwo.cpp"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<GeneratedFile> Emit(NetworkGraph graph)
    {
        var compilation = ModelCompiler
            .Compile(graph, new CompileOptions { Name = graph.Name, Device = DeviceDatabase.Find("stm32f746").Value })
            .Value;
        return [.. compilation.Code(), .. Compiler.Emit.Interop.InteropEmitter.Emit(compilation.Program)];
    }

    private static string Text(IEnumerable<GeneratedFile> files, string name) =>
        System.Text.Encoding.UTF8.GetString(files.Single(f => f.Name == name).Content);

    /// <summary>Puts everything where the page says, and the bytes into the .pe file that are the checksum.</summary>
    private static string Build(string folder, NetworkGraph graph, byte[] checksum)
    {
        var source = Path.Combine(AppContext.BaseDirectory, Firmware);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        var assembly = Directory.CreateDirectory(Path.Combine(folder, "InteropAssemblies", "McuNetSmall")).FullName;
        var modules = Directory.CreateDirectory(Path.Combine(folder, "CMake", "Modules")).FullName;
        foreach (var file in Emit(graph))
            File.WriteAllBytes(
                Path.Combine(file.Name.StartsWith("Find", StringComparison.Ordinal) ? modules : assembly, file.Name),
                file.Content.ToArray()
            );
        File.WriteAllBytes(Path.Combine(assembly, "McuNetSmall.pe"), [.. "NFMRK1"u8, 0, 0, .. new byte[12], .. checksum, .. new byte[100]]);
        ProgramRun.Good("cmake", ["-S", folder, "-B", Path.Combine(folder, "build"), "-DNF_INTEROP_ASSEMBLIES=McuNetSmall"]);
        ProgramRun.Good("cmake", ["--build", Path.Combine(folder, "build")]);
        return Path.Combine(folder, "build", "McuNetSmall");
    }

    /// <param name="sizes">For each array its bytes and its elements.</param>
    private static (int Code, string Output, string Error) Run(string program, byte[] input, int[] sizes)
    {
        // Standard input is text: the bytes are ASCII.
        var text = string.Concat(input.Select(b => (char)b)) + new string('\0', sizes[2]);
        var outcome = ProgramRun.Of(
            program,
            [.. sizes.Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            input: text
        );
        return (outcome.ExitCode, outcome.Output.Length >= 2 * sizes[0] ? outcome.Output[(2 * sizes[0])..] : outcome.Output, outcome.Error);
    }
}
