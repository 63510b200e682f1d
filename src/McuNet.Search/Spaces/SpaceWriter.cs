using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Nodes;

namespace McuNet.Search.Spaces;

/// <summary>A search space as the JSON that <see cref="SpaceReader"/> reads.</summary>
public static class SpaceWriter
{
    public static JsonObject Write(SearchSpace space) =>
        new()
        {
            ["version"] = 1,
            ["name"] = space.Name,
            ["resolutions"] = List(space.Resolutions),
            ["widths"] = List(space.Widths),
            ["input"] = new JsonObject { ["channels"] = space.InputChannels },
            ["classes"] = space.Classes,
            ["rounding"] = new JsonObject
            {
                ["divisor"] = space.Rounding.Divisor,
                ["minimum"] = space.Rounding.Minimum,
                ["keep"] = space.Rounding.Keep,
            },
            ["activation"] = space.Activation == Activation.Relu6 ? "relu6" : "relu",
            ["stem"] = new JsonObject
            {
                ["out"] = space.Stem.Out,
                ["kernel"] = space.Stem.Kernel,
                ["stride"] = space.Stem.Stride,
            },
            ["first"] = new JsonObject
            {
                ["out"] = space.First.Out,
                ["kernel"] = List(space.First.Kernel),
                ["stride"] = space.First.Stride,
            },
            ["stages"] = new JsonArray([
                .. space.Stages.Select(s => new JsonObject
                {
                    ["out"] = s.Out,
                    ["stride"] = s.Stride,
                    ["depth"] = List(s.Depth),
                    ["kernel"] = List(s.Kernel),
                    ["expand"] = List(s.Expand),
                    ["width"] = List(s.Width),
                }),
            ]),
            ["head"] = new JsonObject { ["out"] = space.HeadOut },
            ["residual"] = space.Residual == ResidualRule.AfterFirst ? "after-first" : "stride1-equal",
        };

    private static JsonArray List<T>(ImmutableArray<T> values) => new([.. values.Select(v => JsonValue.Create(v))]);
}
