using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McuNet.Runtimes.Managed;

/// <summary>Compiles generated C# in this process, by the rules of a strict user: C# 7.3, every warning an error, no implicit
/// usings.</summary>
public static class ManagedC
{
    /// <summary>The least of several passes counts: a collection between two readings adds the unused rest of the thread's allocation
    /// buffer.</summary>
    private const int MeasuredPasses = 3;

    /// <param name="source">Text of the generated file.</param>
    /// <param name="engineClass">Full name of its engine class.</param>
    /// <param name="checkOverflow">Whether arithmetic outside of <c>unchecked</c> throws when it overflows.</param>
    /// <param name="asNet">Whether the file knows that it is compiled for .NET, as in a project; else it takes the ways that work
    /// anywhere.</param>
    /// <exception cref="InvalidOperationException">The file has errors or warnings; the message lists them.</exception>
    public static IManagedEngine Compile(string source, string engineClass, bool checkOverflow = false, bool asNet = true)
    {
        var parsing = new CSharpParseOptions(
            LanguageVersion.CSharp7_3,
            DocumentationMode.Diagnose,
            preprocessorSymbols: asNet ? ["NETCOREAPP", "NET8_0_OR_GREATER"] : []
        );
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: checkOverflow,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            deterministic: true
        );
        var streams = source.Contains(" InvokeRows(", StringComparison.Ordinal);
        var compilation = CSharpCompilation.Create(
            "McuNet.Generated.Engine",
            [
                CSharpSyntaxTree.ParseText(source, parsing),
                CSharpSyntaxTree.ParseText(
                    ManagedEngine.Adapter(engineClass, streams, source.Contains(" void Reset(sbyte[] arena)", StringComparison.Ordinal)),
                    parsing
                ),
            ],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            options
        );
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var complaints = result
            .Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Take(10)
            .Select(d => d.ToString())
            .ToList();
        if (!result.Success || complaints.Count > 0)
            throw new InvalidOperationException("generated C# does not compile cleanly:\n" + string.Join("\n", complaints));
        image.Position = 0;
        var context = new AssemblyLoadContext(engineClass, isCollectible: false);
        return new ManagedEngine(context.LoadFromStream(image), streams);
    }

    /// <summary>Runs every case from fresh memory, the first one several times to measure what an inference allocates, in bytes.</summary>
    /// <param name="inputs">Offset and length of each input in the arena; of a streamed input only the length of a row is used.</param>
    /// <param name="outputs">Offset and length of each output in the arena.</param>
    /// <param name="cases">For each case the bytes of every input.</param>
    public static ManagedResult Run(
        IManagedEngine engine,
        ImmutableArray<ManagedPort> inputs,
        ImmutableArray<ManagedPort> outputs,
        IEnumerable<IReadOnlyList<byte[]>> cases
    )
    {
        var results = ImmutableArray.CreateBuilder<ImmutableArray<byte[]>>();
        var allocated = long.MaxValue;
        foreach (var values in cases)
        {
            var arena = new sbyte[engine.ArenaBytes];
            var words = new int[engine.AccumulatorWords];
            Array.Fill(arena, (sbyte)0x5A);
            Array.Fill(words, 0x5A5A5A5A);
            Action<sbyte[], int[]> invoke = engine.StreamsInput ? engine.Bind(Rows(values[0], inputs[0].RowBytes)) : engine.Run;
            for (var pass = 0; pass < (results.Count == 0 ? MeasuredPasses : 1); pass++)
            {
                for (var i = 0; i < inputs.Length && !engine.StreamsInput; i++)
                    Buffer.BlockCopy(values[i], 0, arena, inputs[i].Offset, values[i].Length);
                var before = GC.GetAllocatedBytesForCurrentThread();
                invoke(arena, words);
                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            results.Add([.. outputs.Select(port => Bytes(arena, port))]);
        }
        return new ManagedResult(results.ToImmutable(), allocated);
    }

    /// <summary>Runs cases that follow each other in one arena: its states are reset before the first, and then as the case before left
    /// them.</summary>
    /// <param name="cases">For each case the bytes of every input; those of states are not read.</param>
    public static ImmutableArray<ImmutableArray<byte[]>> RunStream(
        IManagedEngine engine,
        ImmutableArray<ManagedPort> inputs,
        ImmutableArray<ManagedPort> outputs,
        IEnumerable<IReadOnlyList<byte[]>> cases
    )
    {
        var results = ImmutableArray.CreateBuilder<ImmutableArray<byte[]>>();
        var (arena, words) = (new sbyte[engine.ArenaBytes], new int[engine.AccumulatorWords]);
        Array.Fill(arena, (sbyte)0x5A);
        engine.Reset(arena);
        foreach (var values in cases)
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                if (!inputs[i].IsState)
                    Buffer.BlockCopy(values[i], 0, arena, inputs[i].Offset, values[i].Length);
            }
            engine.Run(arena, words);
            results.Add([.. outputs.Select(port => Bytes(arena, port))]);
        }
        return results.ToImmutable();
    }

    private static ManagedRowSource Rows(byte[] input, int rowBytes) =>
        (row, arena, offset) => Buffer.BlockCopy(input, row * rowBytes, arena, offset, rowBytes);

    private static byte[] Bytes(sbyte[] arena, ManagedPort port)
    {
        var bytes = new byte[port.Bytes];
        Buffer.BlockCopy(arena, port.Offset, bytes, 0, bytes.Length);
        return bytes;
    }
}
