using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Manifest;

/// <summary>Reads the lines of <see cref="ManifestText"/>; any order after the first line, unknown keys ignored.</summary>
internal sealed class ManifestReader
{
    private const int MaxItems = 256;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ManifestReader() { }

    public static ManifestParseResult Read(string text)
    {
        try
        {
            var reader = new ManifestReader();
            reader.Split(text);
            return new(reader.Manifest(), null);
        }
        catch (FormatException problem)
        {
            return new(null, problem.Message);
        }
    }

    private void Split(string text)
    {
        var lines = text.Replace("\r\n", "\n").Split('\n');
        var header = $"{ManifestText.Header} {ManifestText.Version}";
        if (lines[0] != header)
            throw new FormatException($"the first line is not '{header}'");
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var space = lines[i].IndexOf(' ');
            if (space <= 0)
                throw new FormatException($"line {i + 1} is not 'key value'");
            var key = lines[i].Substring(0, space);
            if (_values.ContainsKey(key))
                throw new FormatException($"line {i + 1} repeats '{key}'");
            _values.Add(key, ManifestText.Unescape(lines[i].Substring(space + 1)));
        }
    }

    private ModelManifest Manifest() =>
        new()
        {
            Name = Text("name"),
            ClassName = Text("class"),
            EngineClass = Text("engine"),
            ModelHash = Text("model"),
            DeviceId = Text("device.id"),
            DeviceName = Text("device.name"),
            ArenaBytes = Int("arena"),
            AccumulatorWords = Int("accumulators"),
            SharedArena = _values.TryGetValue("shared-arena", out var arena) ? arena : null,
            InputMode = Choice<InputMode>("input-mode"),
            InputPasses = _values.ContainsKey("input-passes") ? Int("input-passes") : 1,
            Window = _values.ContainsKey("window.input")
                ? new(Int("window.input"), Int("window.rows"), Int("window.warm-up"), Flag("window.in-columns"))
                : null,
            Sram = new(Long("sram.arena"), Long("sram.stack"), Long("sram.total"), Long("sram.budget")),
            Flash = new(Long("flash.weights"), Long("flash.code"), Long("flash.total"), Long("flash.budget"), Flag("flash.code-measured")),
            Macs = Long("macs"),
            MacFactor = _values.ContainsKey("mac-factor") ? Real("mac-factor") : 1,
            Cycles = Long("cycles"),
            LatencyMs = Real("latency-ms"),
            EnergyMj = _values.ContainsKey("energy-mj") ? Real("energy-mj") : null,
            Inputs = Items("inputs", i => Tensor($"input.{i}.")),
            Outputs = Items("outputs", i => Tensor($"output.{i}.")),
            States = _values.ContainsKey("states") ? Items("states", i => Tensor($"state.{i}.")) : default,
            Diagnostics = Items(
                "diagnostics",
                i => new ManifestDiagnostic(
                    Text($"diagnostic.{i}.id"),
                    Choice<DiagnosticSeverity>($"diagnostic.{i}.severity"),
                    Text($"diagnostic.{i}.message")
                )
            ),
        };

    private TensorManifest Tensor(string prefix)
    {
        var nhwc = Ints(prefix + "nhwc");
        if (nhwc.Count != 4)
            throw new FormatException($"'{prefix}nhwc' needs four numbers");
        if (
            _values.ContainsKey(prefix + "pixels")
            && Pixels(prefix + "pixels") is var p
            && (p.Gains.Count != nhwc[3] || p.Offsets.Count != nhwc[3])
        )
            throw new FormatException($"'{prefix}pixels' needs numbers for {nhwc[3]} channels");
        return new()
        {
            Name = Text(prefix + "name"),
            OnnxDims = Ints(prefix + "dims"),
            Nhwc = nhwc,
            Type = Choice<ElementType>(prefix + "type"),
            Scale = (float)Real(prefix + "scale"),
            ZeroPoint = Int(prefix + "zero-point"),
            Pixels = _values.ContainsKey(prefix + "pixels") ? Pixels(prefix + "pixels") : null,
            ByteOffset = Int(prefix + "offset"),
            Elements = Int(prefix + "elements"),
            Streamed = Flag(prefix + "streamed"),
        };
    }

    private PixelManifest Pixels(string key) =>
        new()
        {
            Range = Text(key),
            Given = Flag(key + ".given"),
            Gains = Reals(key + ".gains"),
            Offsets = Reals(key + ".offsets"),
            Shift = _values.ContainsKey(key + ".shift") ? Int(key + ".shift") : null,
        };

    private EquatableArray<T> Items<T>(string countKey, Func<int, T> item)
        where T : IEquatable<T>
    {
        var count = Int(countKey);
        if (count is < 0 or > MaxItems)
            throw new FormatException($"'{countKey}' is {count}, beyond {MaxItems}");
        return Enumerable.Range(0, count).Select(item).ToEquatableArray();
    }

    private string Text(string key) => _values.TryGetValue(key, out var value) ? value : throw new FormatException($"'{key}' is missing");

    private long Long(string key) => ParseLong(key, Text(key));

    private int Int(string key) => ParseInt(key, Text(key));

    private bool Flag(string key) => Int(key) != 0;

    private EquatableArray<int> Ints(string key) =>
        Text(key).Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(v => ParseInt(key, v)).ToEquatableArray();

    private EquatableArray<float> Reals(string key) =>
        Text(key).Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(v => (float)ParseReal(key, v)).ToEquatableArray();

    private double Real(string key) => ParseReal(key, Text(key));

    private static double ParseReal(string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{key}' is not a number");

    private T Choice<T>(string key)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(key), out var value) && Enum.IsDefined(typeof(T), value)
            ? value
            : throw new FormatException($"'{key}' has the unknown value '{Text(key)}'");

    private static int ParseInt(string key, string text) =>
        ParseLong(key, text) is var value and >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new FormatException($"'{key}' is out of range");

    private static long ParseLong(string key, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{key}' is not a whole number");
}
