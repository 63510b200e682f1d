using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Cli.Nano;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Networks;
using McuNet.Conformance.Models;
using McuNet.Facade;
using McuNet.Runtimes.Managed;
using Xunit;

namespace McuNet.Conformance.Nano;

/// <summary>
/// Engine and façade for .NET nanoFramework compile against its core library and keep its limits, and the same source gives the reference's
/// integers on .NET.
/// </summary>
public sealed class NanoModelTests
{
    [Fact]
    public void Digits_ForNano_CompilesAndComputesAsTheReference()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "McuNet.Build.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var file = Path.Combine(folder, "samples", "digits", "digits.onnx");
        var graph = ModelCompiler.Network(File.ReadAllBytes(file), file, "digits").Value;
        Check(Compile("digits", graph), [.. Enumerable.Range(1, 3).Select(seed => (IReadOnlyList<byte[]>)[Noise(graph, seed)])]);
    }

    [SharedFact]
    public void KeywordSpotting_ForNano_CompilesAndComputesAsTheReference()
    {
        var model = RealModel.Of("mlperf_kws_dscnn_int8");
        Check(Compile("kws", model.Graph), model.Cases);
    }

    /// <summary>Real inputs, weights, sums and outputs: a perceptron of two layers.</summary>
    [Fact]
    public void RealPerceptron_ForNano_CompilesAndComputesAsTheReference()
    {
        var graph = Perceptron();
        Check(Compile("mlp", graph), [.. Enumerable.Range(1, 5).Select(seed => (IReadOnlyList<byte[]>)[Reals(graph, seed)])]);
    }

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void RandomNetworks_ForNano_CompileAndKeepTheLimits(InputMode input)
    {
        var compiled = 0;
        for (var seed = 500; seed < 530; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            if (input == InputMode.Rows && graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var compilation = Compile("net", graph, input);
            var program = ProgramBuilder.CSharp(compilation.Model);
            var (image, complaints) = NanoAssembly.Compile(
                CSharpEmitter.Emit(program, CSharpDialect.Nano).Text,
                Facade(compilation, program)
            );
            Assert.Empty(complaints);
            var (found, sizes) = NanoAssembly.Check(image!);
            Assert.Empty(found);
            AssertNear(sizes, NanoBudget.Of(program));
            compiled++;
        }
        Assert.InRange(compiled, 10, 30);
    }

    private static string Facade(Compilation compilation, DeviceProgram program)
    {
        var manifest = ManifestEmitter.Describe(compilation, program, "sha256:");
        return FacadeWriter.Write(new(manifest, "Sample", manifest.ClassName, FacadeDialect.Arrays));
    }

    private static void Check(Compilation compilation, IReadOnlyList<IReadOnlyList<byte[]>> cases)
    {
        var program = ProgramBuilder.CSharp(compilation.Model);
        var engine = CSharpEmitter.Emit(program, CSharpDialect.Nano).Text;
        var (image, complaints) = NanoAssembly.Compile(engine, Facade(compilation, program));
        Assert.Empty(complaints);
        var (found, sizes) = NanoAssembly.Check(image!);
        Assert.Empty(found);

        var managed = ManagedC.Compile(engine, CSharpEmitter.EngineClass(program.Name), asNet: false);
        var result = ManagedC.Run(managed, Ports(program.Inputs), Ports(program.Outputs), cases);
        Outputs.Reference(compilation.Model.Network, cases).AssertEqual("C# for nano", new(result.Outputs));
        Assert.Equal(0, result.AllocatedBytes);
        AssertNear(sizes, NanoBudget.Of(program));
    }

    /// <summary>What is refused is refused by an upper estimate, and not by one that is far off.</summary>
    private static void AssertNear(NanoSizes sizes, NanoBudget budget)
    {
        Assert.InRange(budget.CodeBytes, sizes.Code, 3 * sizes.Code + 3000);
        Assert.InRange(budget.ConstructorBytes, sizes.LargestConstructor, 3 * sizes.LargestConstructor + 200);
        Assert.InRange(budget.DataBytes + (NanoSizes.MostData - NanoBudget.MostData), sizes.Data, sizes.Data + 2000);
    }

    private static Compilation Compile(string name, NetworkGraph graph, InputMode input = InputMode.Resident) =>
        ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = name,
                    Device = DeviceDatabase.Find("stm32f746").Value,
                    Objective = Objective.Memory,
                    Input = input,
                    Targets = Targets.NanoFramework,
                }
            )
            .Value;

    private static byte[] Noise(NetworkGraph graph, int seed)
    {
        var bytes = new byte[graph[graph.Inputs[0].Tensor].Type.Bytes];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Six numbers, eight, three.</summary>
    private static NetworkGraph Perceptron()
    {
        var net = new NetworkBuilder(9);
        return RealNetwork.Of(net.Build("mlp", net.Dense(net.Dense(net.Input(1, 1, 6), 8), 3)), 0);
    }

    private static byte[] Reals(NetworkGraph graph, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, graph[graph.Inputs[0].Tensor].Type.Bytes / sizeof(float))
                .SelectMany(_ => BitConverter.GetBytes(random.NextSingle() * 4 - 2)),
        ];
    }

    private static ImmutableArray<ManagedPort> Ports(ImmutableArray<ProgramPort> ports) =>
        [.. ports.Select(p => new ManagedPort(p.Buffer.Offset, p.Type.Bytes, p.Type.RowBytes))];
}
