using System.Collections.Generic;
using System.Linq;
using McuNet.Manifest;
using static McuNet.Facade.FacadeText;

namespace McuNet.Facade;

/// <summary>The XML documentation that an editor shows for the façade class.</summary>
internal static class FacadeDocs
{
    public static void Write(FacadeText text, ModelManifest m, string item)
    {
        text.Lines("/// <summary>");
        foreach (var line in Summary(m))
            text.Lines($"/// <para>{line}</para>");
        text.Lines("/// </summary>");
        text.Lines("/// <remarks>");
        text.Lines(
            "/// <para>Tensors are in NHWC order. An instance owns its memory, allocates nothing after the first inference, and serves one thread at a time.</para>"
        );
        if (item.Length > 0)
            text.Lines($"/// <para>The item in <c>{Xml(item)}</c> declares the model.</para>");
        text.Lines("/// </remarks>");
    }

    private static IEnumerable<string> Summary(ModelManifest m)
    {
        yield return $"Neural network <c>{Xml(m.Name)}</c> for {Xml(m.DeviceName)} (<c>{Xml(m.DeviceId)}</c>).";
        yield return $"Peak SRAM: {Bytes(m.Sram.Total)} of {Bytes(m.Sram.Budget)} (arena {Grouped(m.Sram.Arena)}, stack {Grouped(m.Sram.Stack)}).";
        if (m.SharedArena is { } arena)
            yield return $"The arena <c>{Xml(arena)}</c> is shared: outputs are valid until another of its models gets its input or runs.";
        yield return $"Flash: {Bytes(m.Flash.Total)} of {Bytes(m.Flash.Budget)} (weights {Grouped(m.Flash.Weights)}, code {Grouped(m.Flash.Code)}"
            + $"{(m.Flash.CodeMeasured ? string.Empty : " estimated")}).";
        yield return $"MACs: {Grouped(m.Macs)}.";
        yield return $"Estimated per inference in C on the device: {Rounded(m.LatencyMs)} ms, {Grouped(m.Cycles)} cycles"
            + $"{(m.EnergyMj is { } energy ? $", {Rounded(energy)} mJ" : string.Empty)}.";
        foreach (var (kind, tensors) in new[] { ("Input", m.Inputs), ("Output", m.Outputs) })
        foreach (var t in FacadeTensor.All(kind, tensors))
            yield return $"{kind}{(t.Count > 1 ? " " + t.Suffix : string.Empty)} <c>{Xml(t.Tensor.Name)}</c>: {t.ShapeText} {t.Type}"
                + $"{(t.IsFloat || t.IsNumber ? string.Empty : $", scale {Float(t.Tensor.Scale).TrimEnd('f')}, zero point {t.Tensor.ZeroPoint}")}"
                + $"{(t.Tensor.Streamed ? ", row by row" : string.Empty)}{(t.Tensor.Pixels is { } pixels ? $"; bytes of pixels stand for {Xml(pixels.Range)}" : string.Empty)}.";
        if (m.Window is { } window)
            yield return $"Takes the {m.Inputs[window.Input].Nhwc[window.InColumns ? 2 : 1]} new {(window.InColumns ? "columns" : "rows")} "
                + $"of a window of {window.Rows}; outputs count after the first {window.WarmUp} runs.";
        if (m.States.Count > 0)
            yield return $"Kept in the arena from one run to the next: {string.Join(", ", m.States.Select(s => $"<c>{Xml(s.Name)}</c>"))}.";
    }

    private static string Bytes(long count) => $"{Grouped(count)} bytes";
}
