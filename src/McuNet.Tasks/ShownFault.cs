using System.IO;
using McuNet.Diagnostics;
using McuNet.Manifest;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>An error of a model in a design-time build, for the analyzer that shows it where C# names the class: an item whose text is a
/// line of a <see cref="FaultText"/>.</summary>
internal static class ShownFault
{
    public static ITaskItem Of(string model, string id, string message, SourceLocation place) =>
        new TaskItem(
            PrepareMcuModels.Escape(
                FaultText.Line(new(model, ModelNames.ClassName(model), id, $"{Path.GetFileName(place.File)}({place.Line})", message))
            )
        );
}
