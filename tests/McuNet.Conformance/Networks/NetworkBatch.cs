using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Emit.C;
using McuNet.Compiler.Text;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Conformance.Networks;

/// <summary>
/// Several generated networks as one model, so that a compiler, a link and a run serve them all. Kernels that networks share among their
/// layers are kept once, in front of all networks, with the variants of all. One that a network has for one layer stands before that
/// network under a name of its own, as it is inlined there.
///
///   arena  | network 1 | gap | network 2 | gap | streamed input of 2 | …
///
/// Inputs are those of all networks. Outputs are those of all networks, the gaps, which must still hold what the runner filled them with,
/// and streamed inputs, which must be as they were.
/// </summary>
internal sealed partial class NetworkBatch
{
    private const string Name = "batch";
    private const int Alignment = 16;
    private const int Gap = 16;
    private readonly StringBuilder _header = new("#include <stdint.h>\n");
    private readonly StringBuilder _rows = new();
    private readonly StringBuilder _invoke = new();
    private readonly List<int> _inputs = [];
    private readonly List<BatchOutput> _outputs = [];
    private int _end;

    public NetworkBatch(IReadOnlyList<RandomCase> networks)
    {
        Networks = networks;
        foreach (var network in networks)
            Add(network);
    }

    public IReadOnlyList<RandomCase> Networks { get; }

    /// <summary>RAM that the networks take, in bytes.</summary>
    public int ArenaBytes => _end;

    public CArtifact Write(string folder)
    {
        var source = new StringBuilder("#include \"batch.h\"\n");
        foreach (
            var shared in Networks
                .SelectMany(n => n.Program.Sources.Where(s => !s.IsInlined).Select(s => s.Name))
                .Distinct()
                .OrderBy(KernelText.IsKernel)
        )
            source.Append(KernelText.Of(shared));
        foreach (var network in Networks)
        {
            File.WriteAllText(Path.Combine(folder, $"{network.Model.Name}.h"), CEmitter.Emit(network.Program)[0].Text);
            Append(source, network.Program);
        }
        source.Append(_rows).Append($"void {Name}_invoke(uint8_t *arena)\n{{\n{_invoke}}}\n");
        File.WriteAllText(Path.Combine(folder, Name + ".c"), source.ToString());
        File.WriteAllText(
            Path.Combine(folder, Name + ".h"),
            $"{_header}#define BATCH_ARENA_BYTES {_end}\nvoid {Name}_invoke(uint8_t *arena);\n"
        );
        return new CArtifact
        {
            Directory = folder,
            Name = Name,
            InputBytes = [.. _inputs],
            OutputBytes = [.. _outputs.Select(o => o.Bytes)],
        };
    }

    private static void Append(StringBuilder source, DeviceProgram program)
    {
        var sources = program.Sources.ToLookup(s => s.IsInlined, CEmitter.TextOf);
        var (shared, kernels) = (string.Concat(sources[false]), string.Concat(sources[true]));
        string[] names =
        [
            .. CFunction.Parse(shared + kernels).Select(f => f.Name).Except(CFunction.Parse(shared).Select(f => f.Name)),
            .. TypeName().Matches(kernels).Select(m => m.Groups[1].Value),
        ];
        var network = new CodeWriter();
        CEmitter.Network(network, program);
        source
            .AppendJoin("", names.Select(n => $"#define {n} {program.Name}_{n}\n"))
            .Append(kernels)
            .Append(network)
            .AppendJoin("", names.Select(n => $"#undef {n}\n"));
    }

    /// <summary>Every input, and the first once more: nothing of a run may be left for the next.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Cases =>
        CaseInputs.Select(i => (IReadOnlyList<byte[]>)Networks.Select(n => n.Input(i).Bytes).ToArray()).ToArray();

    /// <summary>By case: the number of its inputs.</summary>
    public static IEnumerable<int> CaseInputs => Enumerable.Range(0, RandomCase.InputCount).Append(0);

    /// <summary>What every output must be, by case.</summary>
    public Outputs Expected => new([.. CaseInputs.Select((input, c) => _outputs.Select(o => o.Expected(c, input)).ToImmutableArray())]);

    /// <summary>What the networks gave other than the reference evaluator, one line for each.</summary>
    public IEnumerable<string> Differences(Outputs actual)
    {
        var expected = Expected;
        for (var c = 0; c < actual.Cases.Length; c++)
        {
            for (var o = 0; o < _outputs.Count; o++)
            {
                if (Outputs.Difference(expected.Cases[c][o], actual.Cases[c][o]) is { } difference)
                    yield return $"seed {_outputs[o].Seed}, case {c}, {_outputs[o].Name}: {difference}";
            }
        }
    }

    private void Add(RandomCase network)
    {
        var (name, model) = (network.Model.Name, network.Model);
        _header.Append($"#include \"{name}.h\"\n");
        var arena = Place(network.Seed, model.Memory.ArenaBytes);
        var input = model.Graph[model.Graph.Inputs[0].Tensor].Type;
        if (model.StreamsInput)
        {
            var staged = Place(network.Seed, input.Bytes);
            _header.Append($"static inline void *batch_input{_inputs.Count}(uint8_t *arena) {{ return arena + {staged}; }}\n");
            _header.Append($"void {name}_row(void *context, uint32_t row, void *destination);\n");
            _invoke.Append($"    {name}_invoke_rows(arena + {arena}, {name}_row, arena + {staged});\n");
            _rows.Append(
                $$"""
                void {{name}}_row(void *context, uint32_t row, void *destination)
                {
                    memcpy(destination, (const uint8_t *)context + row * {{input.RowBytes}}u, {{input.RowBytes}}u);
                }

                """
            );
            Output(new(network.Seed, "streamed input", input.Bytes, (_, i) => network.Input(i).Bytes), $"arena + {staged}");
        }
        else
        {
            _header.Append(
                $"static inline void *batch_input{_inputs.Count}(uint8_t *arena) {{ return {name}_input0(arena + {arena}); }}\n"
            );
            _invoke.Append($"    {name}_invoke(arena + {arena});\n");
        }
        _header.Append($"#define BATCH_INPUT{_inputs.Count}_BYTES {input.Bytes}\n");
        _inputs.Add(input.Bytes);
        for (var o = 0; o < model.Graph.Outputs.Length; o++)
        {
            var port = o;
            Output(
                new(
                    network.Seed,
                    $"output {o}",
                    model.Graph[model.Graph.Outputs[o].Tensor].Type.Bytes,
                    (_, i) => network.Expected(i)[port]
                ),
                $"{name}_output{o}(arena + {arena})"
            );
        }
    }

    /// <summary>The next aligned place, with a gap behind it.</summary>
    private int Place(int seed, int bytes)
    {
        var place = (_end + Alignment - 1) / Alignment * Alignment;
        _end = place + bytes + Gap;
        Output(
            new(seed, "memory past the arena", Gap, (c, _) => [.. Enumerable.Repeat(RunnerFiles.Garbage(c), Gap)]),
            $"arena + {place + bytes}"
        );
        return place;
    }

    private void Output(BatchOutput output, string address)
    {
        _header.Append($"static inline const void *batch_output{_outputs.Count}(const uint8_t *arena) {{ return {address}; }}\n");
        _header.Append($"#define BATCH_OUTPUT{_outputs.Count}_BYTES {output.Bytes}\n");
        _outputs.Add(output);
    }

    [GeneratedRegex(@"^\} (\w+);$", RegexOptions.Multiline)]
    private static partial Regex TypeName();
}

/// <param name="Expected">By case and number of its inputs.</param>
internal sealed record BatchOutput(int Seed, string Name, int Bytes, Func<int, int, byte[]> Expected);
