using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>What the elements of tensors stand for, and where they lie.</summary>
internal static class TensorSection
{
    public static Markup? Print(ReportContent content)
    {
        var tensors = content.Model.Tensors;
        var rows = tensors.Select(t => Table.Row(
            -1, Table.Text(t.Port.Length > 0 ? $"{t.Name} ({t.Port})" : t.Name), Table.Text(t.Shape), Table.Text(t.Element), Table.Number(t.Scale, "G9"), Table.Number(t.ZeroPoint), Table.Number(t.Least, "G5"),
            Table.Number(t.Largest, "G5"), Table.Number(t.Bytes), Table.Number(t.BufferBytes), Table.Number(t.Slots > 0 ? t.Offset : null), Table.Text(Place(t))));
        string[] heads = ["tensor", "rows x columns x channels", "element", "#scale", "#zero point", "#least real", "#largest real", "#bytes", "#bytes in the arena", "#offset", "place"];
        return Markup.Of($"<p>{tensors.Length} tensors; real value = (stored - zero point) x scale.</p>\n{Table.Open("scales, zero points and places of tensors", heads, rows)}");
    }

    private static string Place(ReportTensor tensor) => tensor.Slots == 0 ? "never written" : tensor.IsRing ? $"ring of {tensor.Slots} of {tensor.Rows} rows" : "whole";
}
