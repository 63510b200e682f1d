using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Programs;
using McuNet.Execution.Samples;
using McuNet.Options;

namespace McuNet.Cli.Options;

/// <summary>The options that say what files of samples mean.</summary>
/// <param name="limited">Which samples <c>--samples</c> limits.</param>
internal sealed class SampleOptions(string limited)
{
    public Option<string?> Mean { get; } =
        new("--mean")
        {
            HelpName = "numbers",
            Description = "Samples are (value - mean) / scale; one number, or one per channel, separated by commas.",
        };

    public Option<string?> Scale { get; } = new("--scale") { HelpName = "numbers", Description = "See --mean." };

    public Option<PixelRange?> Preprocess { get; } = ModelOptions.Of("Preprocess", Quantity.Pixels, "range");

    public Option<bool> Stored { get; } = new("--stored") { Description = "Samples are integers as the quantised input stores them." };

    public Option<int?> Samples { get; } =
        new("--samples") { HelpName = "count", Description = $"At most so many {limited}, spread evenly." };

    public Option<string?> Labels { get; } =
        new("--labels") { HelpName = "file", Description = "Classes of the test samples: bytes, .npy, IDX, or y in .npz or .safetensors." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Mean, Scale, Preprocess, Samples, Labels })
            command.Add(option);
    }

    /// <exception cref="UsageException">A number makes no sense.</exception>
    public SampleForm Read(ParseResult parsed, SampleForm otherwise)
    {
        var (mean, scale) = (parsed.GetValue(Mean), parsed.GetValue(Scale));
        return otherwise with
        {
            Normalization = mean is null && scale is null ? null : new(Numbers("--mean", mean ?? "0"), Numbers("--scale", scale ?? "1")),
            Pixels = parsed.GetValue(Preprocess) ?? otherwise.Pixels,
        };
    }

    public int Limit(ParseResult parsed) =>
        parsed.GetValue(Samples) switch
        {
            null => int.MaxValue,
            > 0 and var count => count,
            _ => throw new UsageException("--samples must be at least 1."),
        };

    /// <summary>What a model says of samples of its input: its own element type, and by the quantisation what pixels stand for.</summary>
    /// <param name="stored">Whether they are elements of the network's input, where the model's own is real.</param>
    public static SampleForm FormFor(NetworkGraph network, OnnxModel model, bool stored)
    {
        var type = network[network.Inputs[0].Tensor].Type;
        return new()
        {
            Input = Inputs(model).FirstOrDefault()?.Type switch
            {
                OnnxType.Int8 => SampleType.Int8,
                OnnxType.UInt8 => SampleType.UInt8,
                OnnxType.Int32 => SampleType.Int32,
                OnnxType.Int64 => SampleType.Int64,
                _ when !stored || !type.IsQuantized => SampleType.Float32,
                _ => type.Element == ElementType.UInt8 ? SampleType.UInt8 : SampleType.Int8,
            },
            Pixels = PixelMapping.Recognised(type),
        };
    }

    private static IEnumerable<OnnxValueInfo> Inputs(OnnxModel model) =>
        model.Graph.Inputs.ExceptBy(model.Graph.Initializers.Select(i => i.Name), i => i.Name);

    private static ImmutableArray<float> Numbers(string option, string text) =>
        [
            .. text.Split(',', System.StringSplitOptions.TrimEntries)
                .Select(t =>
                    float.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw new UsageException($"{option} takes numbers separated by commas, not '{text}'.")
                ),
        ];
}
