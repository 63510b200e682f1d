using System.Linq;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>Rules between the fields of a search-space file.</summary>
internal static class SpaceRules
{
    public static void Check(SearchSpace space, LocatedValue root, FileFindings findings)
    {
        var stages = Member(root, "stages").Items;
        for (var s = 0; s < space.Stages.Length; s++)
        {
            var stage = space.Stages[s];
            var last = s == space.Stages.Length - 1;
            if (stage.Depth.Contains(0) && (!last || stage.Stride != 1))
                Add(
                    Member(stages[s], "depth"),
                    $"stage {s} may be left out (depth 0), but {(last ? $"has stride {stage.Stride}" : "is not the last")}; only a last stage with stride 1 may."
                );
        }

        void Add(LocatedValue at, string problem) => findings.Add(at.Offset, DiagnosticCatalog.SpaceContradiction, at.Path, problem);
    }

    private static LocatedValue Member(LocatedValue value, string name) => value.Members.First(m => m.Name == name).Value;
}
