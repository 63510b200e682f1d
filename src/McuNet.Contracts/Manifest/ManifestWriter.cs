using System.Globalization;
using System.Linq;
using System.Text;

namespace McuNet.Manifest;

/// <summary>Writes the lines of <see cref="ManifestText"/> in their fixed order.</summary>
internal sealed class ManifestWriter
{
    private readonly StringBuilder _text = new();

    private ManifestWriter() { }

    public static string Write(ModelManifest m)
    {
        var w = new ManifestWriter();
        w.Line(ManifestText.Header, ManifestText.Version);
        w.Line("name", m.Name);
        w.Line("class", m.ClassName);
        w.Line("engine", m.EngineClass);
        w.Line("model", m.ModelHash);
        w.Line("device.id", m.DeviceId);
        w.Line("device.name", m.DeviceName);
        w.Line("arena", m.ArenaBytes);
        w.Line("accumulators", m.AccumulatorWords);
        if (m.SharedArena is { } arena)
            w.Line("shared-arena", arena);
        w.Line("input-mode", m.InputMode.ToString());
        w.Line("input-passes", m.InputPasses);
        if (m.Window is { } window)
        {
            w.Line("window.input", window.Input);
            w.Line("window.rows", window.Rows);
            w.Line("window.warm-up", window.WarmUp);
            w.Line("window.in-columns", window.InColumns ? 1 : 0);
        }
        w.Line("sram.arena", m.Sram.Arena);
        w.Line("sram.stack", m.Sram.Stack);
        w.Line("sram.total", m.Sram.Total);
        w.Line("sram.budget", m.Sram.Budget);
        w.Line("flash.weights", m.Flash.Weights);
        w.Line("flash.code", m.Flash.Code);
        w.Line("flash.total", m.Flash.Total);
        w.Line("flash.budget", m.Flash.Budget);
        w.Line("flash.code-measured", m.Flash.CodeMeasured ? 1 : 0);
        w.Line("macs", m.Macs);
        w.Line("mac-factor", Number(m.MacFactor));
        w.Line("cycles", m.Cycles);
        w.Line("latency-ms", Number(m.LatencyMs));
        if (m.EnergyMj is { } energy)
            w.Line("energy-mj", Number(energy));
        w.Tensors("input", m.Inputs);
        w.Tensors("output", m.Outputs);
        if (m.States.Count > 0)
            w.Tensors("state", m.States);
        w.Line("diagnostics", m.Diagnostics.Count);
        for (var i = 0; i < m.Diagnostics.Count; i++)
        {
            w.Line($"diagnostic.{i}.id", m.Diagnostics[i].Id);
            w.Line($"diagnostic.{i}.severity", m.Diagnostics[i].Severity.ToString());
            w.Line($"diagnostic.{i}.message", m.Diagnostics[i].Message);
        }
        return w._text.ToString();
    }

    private void Tensors(string kind, EquatableArray<TensorManifest> tensors)
    {
        Line(kind + "s", tensors.Count);
        for (var i = 0; i < tensors.Count; i++)
        {
            var t = tensors[i];
            Line($"{kind}.{i}.name", t.Name);
            Line($"{kind}.{i}.dims", Numbers(t.OnnxDims));
            Line($"{kind}.{i}.nhwc", Numbers(t.Nhwc));
            Line($"{kind}.{i}.type", t.Type.ToString());
            Line($"{kind}.{i}.scale", t.Scale.ToString("G9", CultureInfo.InvariantCulture));
            Line($"{kind}.{i}.zero-point", t.ZeroPoint);
            if (t.Pixels is { } pixels)
                Pixels($"{kind}.{i}.pixels", pixels);
            Line($"{kind}.{i}.offset", t.ByteOffset);
            Line($"{kind}.{i}.elements", t.Elements);
            Line($"{kind}.{i}.streamed", t.Streamed ? 1 : 0);
        }
    }

    private void Pixels(string key, PixelManifest pixels)
    {
        Line(key, pixels.Range);
        Line(key + ".given", pixels.Given ? 1 : 0);
        Line(key + ".gains", Numbers(pixels.Gains));
        Line(key + ".offsets", Numbers(pixels.Offsets));
        if (pixels.Shift is { } shift)
            Line(key + ".shift", shift);
    }

    private static string Numbers(EquatableArray<float> values) =>
        string.Join(" ", values.Select(v => v.ToString("G9", CultureInfo.InvariantCulture)));

    private static string Number(double value) => value.ToString("G17", CultureInfo.InvariantCulture);

    private static string Numbers(EquatableArray<int> values) =>
        string.Join(" ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)));

    private void Line(string key, long value) => Line(key, value.ToString(CultureInfo.InvariantCulture));

    private void Line(string key, string value) => _text.Append(key).Append(' ').Append(ManifestText.Escape(value)).Append('\n');
}
