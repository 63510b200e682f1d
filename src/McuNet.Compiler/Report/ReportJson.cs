using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace McuNet.Compiler.Report;

/// <summary>A report's figures as JSON: what <c>mcunet report --json</c> prints, and what a page holds for those that compare themselves
/// with it.</summary>
public static class ReportJson
{
    private const string Open = "<script type=\"application/json\" id=\"report\">";
    private const string Close = "</script>";

    /// <summary>On one line; characters that mean something in HTML are escaped.</summary>
    public static string Write(ReportModel model) => JsonSerializer.Serialize(model, ReportContext.Default.ReportModel);

    /// <summary>The element of a page that holds them.</summary>
    internal static Html.Markup Element(ReportModel model) => Html.Markup.Trusted($"{Open}{Write(model)}{Close}\n");

    /// <summary>From such JSON, or from a page; null where a text is neither.</summary>
    public static ReportModel? Read(string text)
    {
        var begin = text.IndexOf(Open, StringComparison.Ordinal);
        if (begin >= 0)
            text = text[(begin + Open.Length)..];
        if (begin >= 0 && text.IndexOf(Close, StringComparison.Ordinal) is var end and >= 0)
            text = text[..end];
        try
        {
            var model = JsonSerializer.Deserialize(text, ReportContext.Default.ReportModel);
            return model is { Version: ReportModel.CurrentVersion } && IsWhole(model) ? model : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(ReportModel model) =>
        model
            is {
                Name: not null,
                Figures: not null,
                Device: not null,
                Operators.IsDefault: false,
                Front.IsDefault: false,
                Tensors.IsDefault: false
            }
        && !model.Messages.IsDefault;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReportModel))]
internal sealed partial class ReportContext : JsonSerializerContext;
