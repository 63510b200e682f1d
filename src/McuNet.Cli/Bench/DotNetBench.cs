using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Execution.Models;
using McuNet.Runtimes.Managed;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Cli.Bench;

/// <summary><c>mcunet bench --dotnet</c>: the generated C# on this machine, on one thread, beside ONNX Runtime in the same run.</summary>
internal static class DotNetBench
{
    /// <summary>.NET compiles what runs often anew, twice; until then figures are those of code that is not optimised.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600),
        Measured = TimeSpan.FromMilliseconds(600);

    /// <summary>Least of many, in milliseconds.</summary>
    /// <param name="OnnxRuntime">Null where it is not installed or refuses the model.</param>
    /// <param name="Allocated">Bytes that one inference allocates.</param>
    private sealed record Times(double Vectors, double Arrays, double? OnnxRuntime, long Allocated);

    public static int Run(string path, StageResult<CompileOptions> options, bool json)
    {
        var result = options.Then(o =>
            ModelFile.Read(path).Then(file => ModelFile.Compile(path, o).Then(c => StageResult<Times>.Success(Time(c, file))))
        );
        if (!result.Succeeded)
        {
            if (json)
                Output.Json(new JsonObject { ["diagnostics"] = CompilationJson.Diagnostics(result.Diagnostics) });
            return Output.Finish(json, result.Diagnostics);
        }

        if (json)
            Output.Json(Json(path, result.Value));
        else
            Describe(path, result.Value);
        return ExitCodes.Done;
    }

    private static Times Time(Compilation compilation, ModelFile file)
    {
        var program = ProgramBuilder.CSharp(compilation.Model);
        var (source, name) = (CSharpEmitter.Emit(program).Text, CSharpEmitter.EngineClass(program.Name));
        var noise = NoiseCases.Of(compilation.Model.Network, 1)[0];
        var (vectors, allocated) = Time(ManagedC.Compile(source, name), program, noise);
        return new(vectors, Time(ManagedC.Compile(source, name, asNet: false), program, noise).Least, OnnxTime(file), allocated);
    }

    private static (double Least, long Allocated) Time(IManagedEngine engine, DeviceProgram program, IReadOnlyList<byte[]> noise)
    {
        var (arena, words) = (new sbyte[engine.ArenaBytes], new int[engine.AccumulatorWords]);
        var invoke = engine.StreamsInput
            ? engine.Bind(
                (row, to, offset) =>
                    Buffer.BlockCopy(noise[0], row * program.Inputs[0].Type.RowBytes, to, offset, program.Inputs[0].Type.RowBytes)
            )
            : engine.Run;
        for (var i = 0; i < noise.Count && !engine.StreamsInput; i++)
            Buffer.BlockCopy(noise[i], 0, arena, program.ModelInputs[i].Port.Buffer.Offset, noise[i].Length);
        var least = Least(() => invoke(arena, words));
        var before = GC.GetAllocatedBytesForCurrentThread();
        invoke(arena, words);
        return (least, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double? OnnxTime(ModelFile file)
    {
        try
        {
            using var session = OnnxSession.Open(file.Bytes);
            OnnxTensor[] inputs = [.. session.Inputs.Select(Tensor)];
            return Least(() => session.Run(inputs));
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static OnnxTensor Tensor(OnnxValueInfo input)
    {
        long[] dims = [.. input.Dims.Select(d => Math.Max(1, d))];
        var elements = (int)dims.Aggregate(1L, (product, d) => product * d);
        var type = input.ElementType.OfSession();
        var values = type is OnnxElementType.Float32 or OnnxElementType.Int8 or OnnxElementType.UInt8
            ? NoiseCases.Of(
                new TensorType(TensorShape.Vector(elements), type == OnnxElementType.Float32 ? ElementType.Float32 : ElementType.Int8)
            )
            : new byte[elements * type.Bytes()];
        return new(input.Name, type, [.. dims], values);
    }

    private static double Least(Action run)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUp; )
            run();
        var least = TimeSpan.MaxValue;
        for (var all = Stopwatch.StartNew(); all.Elapsed < Measured; )
        {
            var one = Stopwatch.StartNew();
            run();
            if (one.Elapsed < least)
                least = one.Elapsed;
        }

        return least.TotalMilliseconds;
    }

    private static JsonObject Json(string path, Times times) =>
        new()
        {
            ["name"] = System.IO.Path.GetFileNameWithoutExtension(path),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["processor"] = new JsonArray([.. Processor().Select(f => (JsonNode)f)]),
            ["vectorsMs"] = times.Vectors,
            ["arraysMs"] = times.Arrays,
            ["onnxRuntimeMs"] = times.OnnxRuntime,
            ["allocated"] = times.Allocated,
        };

    private static void Describe(string path, Times times)
    {
        Console.Out.WriteLine(
            $"{System.IO.Path.GetFileNameWithoutExtension(path)} on {RuntimeInformation.FrameworkDescription}, {string.Join(", ", Processor())}; one thread, milliseconds of one inference, the least of many"
        );
        Console.Out.WriteLine(Text($"  C# for .NET 8 and later   {times.Vectors, 9:0.000}, {times.Allocated} bytes allocated"));
        Console.Out.WriteLine(Text($"  C# on arrays alone        {times.Arrays, 9:0.000}"));
        Console.Out.WriteLine(
            times.OnnxRuntime is { } onnx
                ? Text($"  ONNX Runtime              {onnx, 9:0.000}, so that C# takes {times.Vectors / onnx:0.0} times as long")
                : "  ONNX Runtime is not installed, or refuses the model"
        );
    }

    /// <summary>What the processor has of what decides these figures.</summary>
    private static IEnumerable<string> Processor()
    {
        yield return RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        foreach (
            var (name, has) in new[]
            {
                ("128-bit vectors", Vector128.IsHardwareAccelerated),
                ("256-bit vectors", Vector256.IsHardwareAccelerated),
                ("512-bit vectors", Vector512.IsHardwareAccelerated),
                ("AVX2", Avx2.IsSupported),
                ("AVX-512", Avx512BW.IsSupported),
            }
        )
        {
            if (has)
                yield return name;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
