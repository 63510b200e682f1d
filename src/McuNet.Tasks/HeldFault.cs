using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>An error of one task that a later one reports, as an item, so that the work between them is done first.</summary>
internal static class HeldFault
{
    private const string Message = "Message";

    public static ITaskItem Of(string id, string message, SourceLocation place)
    {
        var item = new TaskItem(id);
        item.SetMetadata(Message, PrepareMcuModels.Escape(message));
        ItemPlace.Set(item, place);
        return item;
    }

    public static void Report(ITaskItem fault, BuildDiagnostics diagnostics) =>
        diagnostics.Report(fault.ItemSpec, DiagnosticSeverity.Error, fault.GetMetadata(Message), ItemPlace.Of(fault));
}
