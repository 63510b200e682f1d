using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Random small graphs of operators that move values, quantised and not between them, in the forms of opset 13 and 18, against
/// ONNX Runtime.</summary>
public sealed class RandomMovesTests(ITestOutputHelper output)
{
    private static readonly OnnxOptimisation[] Optimisations = [OnnxOptimisation.Default, OnnxOptimisation.Disabled];

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("MCUNET_MOVES"), out var count) ? count : 300;

    [OnnxRuntimeFact]
    public void Import_RandomMoves_EqualOnnxRuntime()
    {
        var kinds = new SortedDictionary<string, int>();
        for (var seed = 1; seed <= Count; seed++)
        {
            var (model, text) = new RandomMovesModel(seed).Write();
            var imported = ModelCompiler.Network(model.Read(), "net");
            Assert.True(imported.Succeeded, $"seed {seed}: {text}\n{string.Join("\n", imported.Diagnostics)}");
            foreach (var node in imported.Value.Nodes)
                kinds[node.Operator.Kind] = kinds.GetValueOrDefault(node.Operator.Kind) + 1;
            try
            {
                Assert.True(
                    Optimisations.Any(o => OnnxOracle.Compare(model, seed, o).Mismatches == 0),
                    $"seed {seed}: {text} gives {string.Join(", ", imported.Value.Nodes.Select(n => n.Operator.Kind))}"
                );
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {text}\n{e.Message}");
            }
        }

        output.WriteLine(string.Join(", ", kinds));
        Assert.Superset(
            new HashSet<string> { "Concat", "Pad", "Permute", "SelectChannels", "SelectPixels", "Reshape" },
            kinds.Keys.ToHashSet()
        );
    }
}

/// <summary>One such graph, the same for the same seed.</summary>
internal sealed class RandomMovesModel(int seed)
{
    private const int MostElements = 4000;
    private readonly Random _random = new(seed);
    private readonly List<string> _text = [];
    private OnnxBytes _model = new();
    private int[] _dims = [];
    private string _value = "x";
    private int _names;

    private bool IsNew => seed % 2 == 0;

    public (OnnxBytes Model, string Text) Write()
    {
        _dims =
            seed % 5 == 4
                ? [1, 2 + _random.Next(6), 2 + _random.Next(6)]
                : [1, 1 + _random.Next(8), 1 + _random.Next(7), 1 + _random.Next(7)];
        _text.Add($"[{string.Join(",", _dims)}]");
        _model = new OnnxBytes { Opset = IsNew ? 18 : 13 }
            .Input("x", [.. _dims.Select(d => (long)d)])
            .Float("s", 0.04f)
            .Zero("z", (sbyte)(seed % 20 - 10))
            .Float("t", 0.07f)
            .Zero("u", 5);
        Round("s", "z");
        for (var steps = 1 + _random.Next(4); steps > 0; steps--)
        {
            Step();
            if (_random.Next(3) > 0)
                Round("s", "z");
        }

        Round("s", "z");
        return (_model.Output(_value, [.. _dims.Select(d => (long)d)]), string.Join(" ", _text));
    }

    private void Step()
    {
        var elements = _dims.Aggregate(1, (a, b) => a * b);
        switch (_random.Next(elements > MostElements ? 5 : 14))
        {
            case 0:
                Slice();
                break;
            case 1:
                Transpose();
                break;
            case 2:
                Reshape();
                break;
            case 3:
                Gather();
                break;
            case 4:
                SpaceToDepth();
                break;
            case 5:
                Split();
                break;
            case 6 or 7:
                Concat();
                break;
            case 8 or 9:
                Pad();
                break;
            case 10:
                DepthToSpace();
                break;
            case 11:
                Tile();
                break;
            case 12:
                Resize();
                break;
            default:
                Compute();
                break;
        }
    }

    private void Slice()
    {
        int[] axes = [.. Enumerable.Range(0, _dims.Length).Where(_ => _random.Next(2) == 0)];
        var (starts, ends, steps) = (new List<long>(), new List<long>(), new List<long>());
        foreach (var axis in axes)
        {
            var step = new[] { 1, 1, 2, 3, -1, -2 }[_random.Next(6)];
            var (size, first) = (_dims[axis], _random.Next(_dims[axis]));
            starts.Add(_random.Next(2) == 0 ? first : first - size);
            ends.Add(
                step > 0
                    ? _random.Next(2) == 0
                        ? long.MaxValue
                        : first + 1 + _random.Next(size - first)
                    : _random.Next(2) == 0
                        ? long.MinValue
                        : first - size - 1
            );
            steps.Add(step);
            _dims[axis] =
                step > 0 ? (int)((Math.Min(ends[^1], size) - first + step - 1) / step)
                : ends[^1] == long.MinValue ? first / -step + 1
                : 1;
        }

        if (axes.Length > 0)
            Apply(
                "Slice",
                [Ints(starts), Ints(ends), Ints(axes.Select(a => (long)(_random.Next(2) == 0 ? a : a - _dims.Length))), Ints(steps)]
            );
    }

    private void Transpose()
    {
        int[] perm = [.. Enumerable.Range(0, _dims.Length).OrderBy(_ => _random.Next())];
        _dims = [.. perm.Select(p => _dims[p])];
        Apply("Transpose", [], ("perm", perm));
    }

    /// <summary>The factors of all dimensions put together anew.</summary>
    private void Reshape()
    {
        var factors = _dims.SelectMany(Factors).ToList();
        var count = 2 + _random.Next(4);
        var cuts = Enumerable
            .Range(0, count - 2)
            .Select(_ => _random.Next(factors.Count + 1))
            .Append(0)
            .Append(factors.Count)
            .Order()
            .ToArray();
        _dims = [1, .. cuts.Zip(cuts.Skip(1), (a, b) => factors.Skip(a).Take(b - a).Aggregate(1, (p, f) => p * f))];
        Apply("Reshape", [Ints(_dims.Select((d, i) => i == _dims.Length - 1 ? -1L : d))]);
    }

    private static IEnumerable<int> Factors(int size)
    {
        for (var f = 2; size > 1; f++)
        {
            for (; size % f == 0; size /= f)
                yield return f;
        }
    }

    private void Gather()
    {
        var axis = _random.Next(_dims.Length);
        var size = _dims[axis];
        long[] indices = [.. Enumerable.Range(0, 1 + _random.Next(5)).Select(_ => (long)_random.Next(-size, size))];
        _dims[axis] = indices.Length;
        Apply("Gather", [Ints(indices)], ("axis", axis));
    }

    private void Split()
    {
        var axis = _random.Next(_dims.Length);
        if (_dims[axis] < 2)
            return;
        var first = 1 + _random.Next(_dims[axis] - 1);
        var (a, b) = (Name(), Name());
        _model.Node("Split", $"{_value} {Ints([first, _dims[axis] - first])}", $"{a} {b}", ("axis", axis));
        _text.Add($"Split {axis} at {first}");
        if (_random.Next(2) == 0)
        {
            (_value, _dims[axis]) = (b, _dims[axis] - first);
            return;
        }

        var joined = Name();
        _model.Node("Concat", $"{b} {a}", joined, ("axis", axis));
        _value = joined;
    }

    /// <summary>With itself, once more with another scale, or with its maxima.</summary>
    private void Concat()
    {
        var (axis, own) = (_random.Next(_dims.Length), _value);
        Round("t", "u");
        var other = _value;
        string[] parts = [.. Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => _random.Next(2) == 0 ? own : other)];
        var name = Name();
        _model.Node("Concat", string.Join(' ', parts), name, ("axis", axis - (_random.Next(2) == 0 ? _dims.Length : 0)));
        (_value, _dims[axis]) = (name, _dims[axis] * parts.Length);
        _text.Add($"Concat {axis} of {parts.Length}");
        Round("s", "z");
    }

    private void Pad()
    {
        var mode = new[] { "constant", "constant", "reflect", "edge" }[_random.Next(4)];
        var (begins, ends) = (new int[_dims.Length], new int[_dims.Length]);
        for (var axis = 0; axis < _dims.Length; axis++)
        {
            var most = mode == "reflect" ? Math.Min(2, _dims[axis] - 1) : 2;
            (begins[axis], ends[axis]) = (_random.Next(2) * _random.Next(most + 1), _random.Next(2) * _random.Next(most + 1));
            if (mode == "constant" && _dims[axis] > 2 && _random.Next(4) == 0)
                begins[axis] = -1;
            _dims[axis] += begins[axis] + ends[axis];
        }

        if (mode == "constant" && IsNew && _random.Next(2) == 0)
            Apply(
                "Pad",
                [
                    Ints([.. begins.Select(b => (long)b), .. ends.Select(e => (long)e)]),
                    Fill(),
                    Ints(Enumerable.Range(0, _dims.Length).Select(d => (long)d)),
                ]
            );
        else if (mode == "constant")
            Apply("Pad", [Ints([.. begins.Select(b => (long)b), .. ends.Select(e => (long)e)]), Fill()], ("mode", mode));
        else
            Apply("Pad", [Ints([.. begins.Select(b => (long)b), .. ends.Select(e => (long)e)])], ("mode", mode));
        Round("s", "z");
    }

    private string Fill()
    {
        var name = Name();
        _model.Float(name, new[] { 0f, 0.4f, -1.37f, 100 }[_random.Next(4)]);
        return name;
    }

    private void DepthToSpace()
    {
        if (_dims is not [1, var c, var h, var w] || c % 4 != 0)
            return;
        _dims = [1, c / 4, h * 2, w * 2];
        Apply("DepthToSpace", [], ("blocksize", 2), ("mode", _random.Next(2) == 0 ? "DCR" : "CRD"));
    }

    private void SpaceToDepth()
    {
        if (_dims is not [1, var c, var h, var w] || h % 2 != 0 || w % 2 != 0)
            return;
        _dims = [1, c * 4, h / 2, w / 2];
        Apply("SpaceToDepth", [], ("blocksize", 2));
    }

    private void Tile()
    {
        long[] repeats = [1, .. _dims.Skip(1).Select(_ => (long)(1 + _random.Next(3) / 2))];
        if (_random.Next(2) == 0 && _dims.Length > 1 && _dims[1] == 1)
        {
            _dims[1] = 3;
            Apply("Expand", [Ints(_dims.Select(d => (long)d))]);
            return;
        }

        _dims = [.. _dims.Select((d, i) => d * (int)repeats[i])];
        Apply("Tile", [Ints(repeats)]);
    }

    private void Resize()
    {
        if (_dims.Length != 4)
            return;
        int[] sizes = [_dims[0], _dims[1], 1 + _random.Next(2 * _dims[2]), 1 + _random.Next(2 * _dims[3])];
        var transformation = new[] { "asymmetric", "half_pixel", "align_corners", "pytorch_half_pixel" }[_random.Next(4)];
        var rounding = new[] { "floor", "ceil", "round_prefer_floor", "round_prefer_ceil" }[_random.Next(4)];
        _dims = sizes;
        Apply(
            "Resize",
            ["-", "-", Ints(sizes.Select(s => (long)s))],
            ("coordinate_transformation_mode", transformation),
            ("nearest_mode", rounding)
        );
    }

    /// <summary>Something that wants channels, rows and columns where they belong, or does not care.</summary>
    private void Compute()
    {
        if (_dims is [1, _, >= 2, >= 2])
            Apply("MaxPool", [], ("kernel_shape", new[] { 1, 1 }));
        else
        {
            Apply("Relu", []);
            Round("s", "z");
        }
    }

    private void Apply(string op, string[] operands, params (string, object)[] attributes)
    {
        var name = Name();
        _model.Node(op, string.Join(' ', [_value, .. operands]), name, attributes);
        _text.Add(
            $"{op} {string.Join(" ", attributes.Select(a => a.Item2 is int[] list ? string.Join(",", list) : a.Item2))} [{string.Join(",", _dims)}]"
        );
        _value = name;
    }

    private void Round(string scale, string zero)
    {
        var (stored, real) = (Name(), Name());
        _model.Node("QuantizeLinear", $"{_value} {scale} {zero}", stored).Node("DequantizeLinear", $"{stored} {scale} {zero}", real);
        _text.Add(scale);
        _value = real;
    }

    private string Ints(IEnumerable<long> values)
    {
        var (name, list) = (Name(), values.ToArray());
        _model.Tensor(name, OnnxType.Int64, [list.Length], list);
        return name;
    }

    private string Name() => $"v{_names++}";
}
