using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>What the elements of tensors stand for, and where they lie.</summary>
internal static class TensorSection
{
    public static Markup? Print(ReportContent content)
    {
        var tensors = content.Model.Tensors;
        string[] heads =
        [
            "tensor",
            "rows x columns x channels",
            "element",
            "#scale",
            "#zero point",
            "#least real",
            "#largest real",
            "#bytes",
            "#bytes in the arena",
            "#offset",
            "place",
        ];
        return Markup.Of(
            $"""
            <p>{tensors.Length} tensors; real value = (stored - zero point) x scale.</p>
            {Table.Open("scales, zero points and places of tensors", heads, tensors.Select(Row))}
            """
        );
    }

    private static Markup Row(ReportTensor tensor) =>
        Table.Row(
            -1,
            Table.Text(tensor.Port.Length > 0 ? $"{tensor.Name} ({tensor.Port})" : tensor.Name),
            Table.Text(tensor.Shape),
            Table.Text(tensor.Element),
            Table.Number(tensor.Scale, "G9"),
            Table.Number(tensor.ZeroPoint),
            Table.Number(tensor.Least, "G5"),
            Table.Number(tensor.Largest, "G5"),
            Table.Number(tensor.Bytes),
            Table.Number(tensor.BufferBytes),
            Table.Number(tensor.Slots > 0 ? tensor.Offset : null),
            Table.Text(Place(tensor))
        );

    private static string Place(ReportTensor tensor) =>
        tensor.Slots == 0 ? "never written"
        : tensor.IsRing ? $"ring of {tensor.Slots} of {tensor.Rows} rows"
        : "whole";
}
