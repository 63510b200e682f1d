using System.Collections.Generic;
using System.Linq;

namespace McuNet.Manifest;

/// <summary>An error of a model that has no new class.</summary>
/// <param name="Model">Its name.</param>
/// <param name="ClassName">The class that it would have.</param>
/// <param name="Item">The item that declares it, such as <c>App.csproj(12)</c>.</param>
public sealed record ModelFault(string Model, string ClassName, string Id, string Item, string Message);

/// <summary>Errors of models as text, a line each, fields between tabs.</summary>
public static class FaultText
{
    private const char Separator = '\t';

    public static string Line(ModelFault fault) =>
        string.Join(
            Separator.ToString(),
            new[] { fault.Model, fault.ClassName, fault.Id, fault.Item, fault.Message }.Select(f =>
                f.Replace(Separator, ' ').Replace('\n', ' ').Replace('\r', ' ')
            )
        );

    /// <summary>The lines that are errors; others are left out.</summary>
    public static IReadOnlyList<ModelFault> Parse(string text) =>
        [
            .. text.Split('\n')
                .Select(l => l.TrimEnd('\r').Split(Separator))
                .Where(f => f.Length == 5)
                .Select(f => new ModelFault(f[0], f[1], f[2], f[3], f[4])),
        ];
}
