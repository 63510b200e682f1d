using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Emit.C;
using McuNet.Compiler.Text;
using McuNet.Runtimes.CSource;

namespace McuNet.Conformance.Networks;

/// <summary>
/// Several generated networks as one model, so that a compiler, a link and a run serve them all. Kernels that networks share among their layers are kept once, in front
/// of all networks, with the variants of all. One that a network has for one layer stands before that network under a name of its own, as it is inlined there.
///
///   arena  | network 1 | gap | network 2 | gap | streamed input of 2 | …
///
/// Inputs are those of all networks. Outputs are those of all networks and the gaps, which must still hold what the runner filled them with.
/// </summary>
internal sealed partial class NetworkBatch
{
    private const string Name = "batch";
    private const byte Garbage = 0xA5;
    private readonly StringBuilder _header = new("#include <stdint.h>\n");
    private readonly StringBuilder _rows = new();
    private readonly StringBuilder _invoke = new();
    private readonly List<int> _inputs = [];
    private readonly List<(int Seed, int Port, int Bytes)> _outputs = [];
    private int _end;

    public NetworkBatch(IReadOnlyList<RandomCase> networks)
    {
        Networks = networks;
        foreach (var network in networks)
            Add(network.Seed, network.Model);
    }

    public IReadOnlyList<RandomCase> Networks { get; }

    /// <summary>RAM that the networks take, in bytes.</summary>
    public int ArenaBytes => _end;

    public CArtifact Write(string folder)
    {
        var source = new StringBuilder("#include \"batch.h\"\n");
        foreach (var shared in Networks.SelectMany(n => CEmitter.KernelSources(n.Model).Where(k => !IsInlined(n.Model, k))).Distinct().OrderBy(CEmitter.IsKernel))
            source.Append(CEmitter.KernelText(shared));
        foreach (var network in Networks)
        {
            File.WriteAllText(Path.Combine(folder, $"{network.Model.Name}.h"), CEmitter.Emit(network.Model)[0].Text);
            Append(source, network.Model);
        }
        source.Append(_rows).Append($"void {Name}_invoke(uint8_t *arena)\n{{\n{_invoke}}}\n");
        File.WriteAllText(Path.Combine(folder, Name + ".c"), source.ToString());
        File.WriteAllText(Path.Combine(folder, Name + ".h"), $"{_header}#define BATCH_ARENA_BYTES {_end}\nvoid {Name}_invoke(uint8_t *arena);\n");
        return new CArtifact { Directory = folder, Name = Name, InputBytes = [.. _inputs], OutputBytes = [.. _outputs.Select(o => o.Bytes)] };
    }

    private static bool IsInlined(CompiledModel model, string source) => CEmitter.IsKernel(source) && !CEmitter.IsShared(model, source[..^2]);

    private static void Append(StringBuilder source, CompiledModel model)
    {
        var sources = CEmitter.KernelSources(model).ToLookup(k => IsInlined(model, k), k => CEmitter.KernelText(model, k));
        var (shared, kernels) = (string.Concat(sources[false]), string.Concat(sources[true]));
        string[] names =
        [
            .. CFunction.Parse(shared + kernels).Select(f => f.Name).Except(CFunction.Parse(shared).Select(f => f.Name)),
            .. TypeName().Matches(kernels).Select(m => m.Groups[1].Value),
        ];
        var network = new CodeWriter();
        CEmitter.Network(network, model);
        source.AppendJoin("", names.Select(n => $"#define {n} {model.Name}_{n}\n")).Append(kernels).Append(network).AppendJoin("", names.Select(n => $"#undef {n}\n"));
    }

    public IReadOnlyList<IReadOnlyList<byte[]>> Cases => Enumerable.Range(0, RandomCase.InputCount)
        .Select(i => (IReadOnlyList<byte[]>)Networks.Select(n => n.Input(i).Bytes).ToArray()).ToArray();

    /// <summary>What the networks gave other than the reference evaluator, one line for each.</summary>
    public IEnumerable<string> Differences(Outputs actual)
    {
        for (var c = 0; c < actual.Cases.Length; c++)
        {
            var expected = Networks.ToDictionary(n => n.Seed, n => ReferenceEvaluator.Run(n.Model.Network, [n.Input(c)]));
            for (var o = 0; o < _outputs.Count; o++)
            {
                var (seed, port, bytes) = _outputs[o];
                var right = port < 0 ? Enumerable.Repeat(Garbage, bytes).ToArray() : expected[seed][port].Bytes;
                if (Outputs.Difference(right, actual.Cases[c][o]) is { } difference)
                    yield return $"seed {seed}, input {c}, {(port < 0 ? "memory past the arena" : $"output {port}")}: {difference}";
            }
        }
    }

    private void Add(int seed, CompiledModel model)
    {
        var name = model.Name;
        _header.Append($"#include \"{name}.h\"\n");
        var arena = Place(model.Memory.ArenaBytes);
        var gap = arena + model.Memory.ArenaBytes;
        _end = gap + 16;
        var input = model.Graph[model.Graph.Inputs[0].Tensor].Type;
        if (model.StreamsInput)
        {
            var staged = Place(input.Bytes);
            _header.Append($"static inline void *batch_input{_inputs.Count}(uint8_t *arena) {{ return arena + {staged}; }}\n");
            _header.Append($"void {name}_row(void *context, uint32_t row, void *destination);\n");
            _invoke.Append($"    {name}_invoke_rows(arena + {arena}, {name}_row, arena + {staged});\n");
            _rows.Append($$"""
                void {{name}}_row(void *context, uint32_t row, void *destination)
                {
                    memcpy(destination, (const uint8_t *)context + row * {{input.RowBytes}}u, {{input.RowBytes}}u);
                }

                """);
        }
        else
        {
            _header.Append($"static inline void *batch_input{_inputs.Count}(uint8_t *arena) {{ return {name}_input0(arena + {arena}); }}\n");
            _invoke.Append($"    {name}_invoke(arena + {arena});\n");
        }
        _header.Append($"#define BATCH_INPUT{_inputs.Count}_BYTES {input.Bytes}\n");
        _inputs.Add(input.Bytes);
        for (var o = 0; o < model.Graph.Outputs.Length; o++)
            Output(seed, o, model.Graph[model.Graph.Outputs[o].Tensor].Type.Bytes, $"{name}_output{o}(arena + {arena})");
        Output(seed, -1, 16, $"arena + {gap}");
    }

    private int Place(int bytes)
    {
        var place = (_end + 15) & ~15;
        _end = place + bytes;
        return place;
    }

    private void Output(int seed, int port, int bytes, string address)
    {
        _header.Append($"static inline const void *batch_output{_outputs.Count}(const uint8_t *arena) {{ return {address}; }}\n");
        _header.Append($"#define BATCH_OUTPUT{_outputs.Count}_BYTES {bytes}\n");
        _outputs.Add((seed, port, bytes));
    }

    [GeneratedRegex(@"^\} (\w+);$", RegexOptions.Multiline)]
    private static partial Regex TypeName();
}
