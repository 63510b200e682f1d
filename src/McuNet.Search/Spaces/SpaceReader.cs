using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>Turns the JSON of a search-space file into a <see cref="SearchSpace"/>. The file's form is described in
/// docs/search.md.</summary>
public static class SpaceReader
{
    private const int Version = 1;
    private const int LargestSide = 4096;

    private static readonly (string Word, Activation Value)[] ActivationWords = [("relu6", Activation.Relu6), ("relu", Activation.Relu)];

    private static readonly (string Word, ResidualRule Value)[] ResidualWords =
    [
        ("after-first", ResidualRule.AfterFirst),
        ("stride1-equal", ResidualRule.StrideOneEqual),
    ];

    /// <summary>
    /// Reads a space. Errors: MCU8002 not JSON, MCU8003 unknown or repeated, MCU8004 missing field, MCU8005 unusable value, MCU8006
    /// contradiction, all with <paramref name="sourceName"/>, line and column.
    /// </summary>
    public static StageResult<SearchSpace> Read(ReadOnlySpan<byte> utf8Json, string sourceName) =>
        JsonFile.Read(
            utf8Json,
            sourceName,
            DiagnosticCatalog.SpaceFileNotJson,
            (root, findings) =>
            {
                var space = Root(new SpaceFields(root, findings));
                if (!findings.Any)
                    SpaceRules.Check(space, root, findings);
                return space;
            }
        );

    private static SearchSpace Root(SpaceFields fields)
    {
        fields.Whole("version", Version, Version);
        var name = fields.Text("name", "what reports call the space");
        var resolutions = fields.Wholes("resolutions", 8, LargestSide);
        var widths = fields.Reals("widths");
        var input = fields.Nested("input");
        var inputChannels = input.Whole("channels", 1, 64);
        var space = new SearchSpace
        {
            Name = name,
            Resolutions = resolutions,
            Widths = widths,
            InputChannels = inputChannels,
            Classes = fields.Whole("classes", 1, 100_000),
            Rounding = Rounding(fields.Nested("rounding")),
            Activation = fields.Word("activation", ActivationWords),
            Stem = Stem(fields.Nested("stem")),
            First = First(fields.Nested("first")),
            Stages = [.. fields.Objects("stages").Select(Stage)],
            HeadOut = Head(fields.Nested("head")),
            Residual = fields.Word("residual", ResidualWords),
        };
        input.Close();
        fields.Close();
        return space;
    }

    private static ChannelRounding Rounding(SpaceFields fields) =>
        fields.Closing(f => new ChannelRounding(f.Whole("divisor", 1, 1024), f.Whole("minimum", 1, 1024), f.Real("keep", 0, 1)));

    private static Stem Stem(SpaceFields fields) =>
        fields.Closing(f => new Stem(f.Whole("out", 1, 4096), f.Odd("kernel"), f.Whole("stride", 1, 2)));

    private static FirstBlock First(SpaceFields fields) =>
        fields.Closing(f => new FirstBlock(f.Whole("out", 1, 4096), f.Odds("kernel"), f.Whole("stride", 1, 2)));

    private static int Head(SpaceFields fields) => fields.Closing(f => f.Whole("out", 0, 65_536));

    private static Stage Stage(SpaceFields fields) =>
        fields.Closing(f => new Stage(
            f.Whole("out", 1, 4096),
            f.Whole("stride", 1, 2),
            f.Wholes("depth", 0, 64),
            f.Odds("kernel"),
            f.Wholes("expand", 1, 16),
            f.Reals("width")
        ));
}
