using System.Globalization;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>The place of a <c>McuModel</c> item, as metadata of what is prepared from it.</summary>
internal static class ItemPlace
{
    private const string File = "ItemFile";
    private const string Line = "ItemLine";
    private const string Column = "ItemColumn";

    public static void Set(TaskItem prepared, SourceLocation place)
    {
        prepared.SetMetadata(File, PrepareMcuModels.Escape(place.File));
        prepared.SetMetadata(Line, place.Line.ToString(CultureInfo.InvariantCulture));
        prepared.SetMetadata(Column, place.Column.ToString(CultureInfo.InvariantCulture));
    }

    public static SourceLocation Of(ITaskItem prepared) =>
        new(prepared.GetMetadata(File), Number(prepared, Line), Number(prepared, Column));

    private static int Number(ITaskItem prepared, string metadata) =>
        int.Parse(prepared.GetMetadata(metadata), CultureInfo.InvariantCulture);
}
