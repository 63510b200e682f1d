using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Options;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Quantize;

/// <summary>How a model is to be quantised.</summary>
/// <param name="Int16">Nodes whose results are int16.</param>
/// <param name="Real">Nodes that stay float32.</param>
/// <param name="Precision">Which others to keep out of int8; null for none.</param>
internal sealed record QuantizeRequest(
    QuantizationOptions Options,
    ImmutableArray<string> Int16,
    ImmutableArray<string> Real,
    PrecisionRequest? Precision
);

/// <summary>The options of <c>mcunet quantize</c>.</summary>
internal sealed class QuantizeOptions
{
    private const string Auto = "auto";
    private const string All = "all";

    public Argument<string> Model { get; } = new("MODEL") { Description = "The float ONNX file." };

    public Option<string> Calibration { get; } =
        new("--calibration")
        {
            HelpName = "dir|file",
            Description = "Samples that ranges are measured on.",
            Required = true,
        };

    public Option<string> Out { get; } =
        new("--out")
        {
            HelpName = "file",
            Description = "The quantised ONNX file to write.",
            Required = true,
        };

    public Option<RangeMethod> Method { get; } =
        new("--method")
        {
            HelpName = "minmax|percentile|mse",
            CustomParser = Words<RangeMethod>.Parse,
            Description = "How the range of a tensor follows from its values.",
        };

    public Option<double> Percentile { get; } =
        new("--percentile")
        {
            HelpName = "percent",
            Description = "For the method percentile: the values inside the range.",
            DefaultValueFactory = _ => new QuantizationOptions().Percentile,
        };

    public Option<bool> NoBiasCorrection { get; } = new("--no-bias-correction") { Description = "Leave the mean errors of layers in." };

    public Option<string?> Int16 { get; } =
        new("--int16")
        {
            HelpName = "nodes|auto|all",
            Description =
                "Layers that give int16, by the names that evaluate --layers shows, separated by commas; auto: as many of the worst as the target takes.",
        };

    public Option<string?> Real { get; } =
        new("--real") { HelpName = "nodes|auto", Description = "Layers that stay float32, as for --int16." };

    public Option<AccuracyTarget?> Target { get; } =
        new("--target")
        {
            HelpName = "percent|dB",
            CustomParser = ParseTarget,
            Description =
                $"For auto: decisions that may differ from the float model's, as 0.5%, or the output's least signal to noise, as 40dB. Default: {AccuracyTarget.Default}.",
        };

    public Option<string?> Device { get; } =
        new("--device") { HelpName = "device", Description = "For auto: the device whose memory the network must fit." };

    public Option<bool> Unsigned { get; } = new("--uint8") { Description = "uint8 activations instead of int8." };

    public Option<string?> Test { get; } =
        new("--test") { HelpName = "dir|file", Description = "Samples that accuracy is measured on; default: the calibration data." };

    public SampleOptions Data { get; } = new("calibration samples");

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    public void AddTo(Command command)
    {
        command.Add(Model);
        foreach (
            Option option in new Option[]
            {
                Calibration,
                Out,
                Method,
                Percentile,
                NoBiasCorrection,
                Int16,
                Real,
                Target,
                Device,
                Unsigned,
                Test,
                Json,
            }
        )
            command.Add(option);
        Data.AddTo(command);
    }

    /// <returns>MCU5001 where there is no such device.</returns>
    /// <exception cref="UsageException">The options make no sense.</exception>
    public StageResult<QuantizeRequest> Read(ParseResult parsed)
    {
        var (int16, real) = (parsed.GetValue(Int16), parsed.GetValue(Real));
        var automatic = (int16 == Auto, real == Auto) switch
        {
            (true, true) => throw new UsageException("--int16 auto and --real auto are two ways to the target: give one of them."),
            (true, _) => ActivationFormat.Int16,
            (_, true) => ActivationFormat.Real,
            _ => (ActivationFormat?)null,
        };
        if (automatic is null && (parsed.GetValue(Target) is not null || parsed.GetValue(Device) is not null))
            throw new UsageException("--target and --device are for --int16 auto and --real auto.");
        var request = new QuantizeRequest(
            new()
            {
                Method = parsed.GetValue(Method),
                Percentile = parsed.GetValue(Percentile) is > 50 and <= 100 and var percentile
                    ? percentile
                    : throw new UsageException("--percentile must be above 50 and at most 100."),
                CorrectBias = !parsed.GetValue(NoBiasCorrection),
                Unsigned = parsed.GetValue(Unsigned),
                Activations = int16 == All ? ActivationFormat.Int16 : ActivationFormat.Int8,
            },
            int16 is Auto or All ? [] : Names(int16),
            real == Auto ? [] : Names(real),
            null
        );
        if (automatic is not { } format)
            return StageResult<QuantizeRequest>.Success(request);
        var target = parsed.GetValue(Target) ?? AccuracyTarget.Default;
        return (
            parsed.GetValue(Device) is { } id
                ? ModelOptions.DeviceOf(id).Then(d => StageResult<Func<NetworkGraph, bool>>.Success(g => PrecisionRequest.FitsOn(d, g)))
                : StageResult<Func<NetworkGraph, bool>>.Success(_ => true)
        ).Then(fits => StageResult<QuantizeRequest>.Success(request with { Precision = new(format, target, fits) }));
    }

    private static ImmutableArray<string> Names(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static AccuracyTarget? ParseTarget(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value.Trim();
        var (unit, isShare) = text.EndsWith('%') ? ("%", true) : ("dB", false);
        if (
            text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && number >= 0
            && (!isShare || number <= 100)
        )
            return isShare ? AccuracyTarget.OfDecisions(number / 100) : AccuracyTarget.OfNoise(number);
        result.AddError($"'{text}' is neither a share of the decisions, as 0.5%, nor a signal to noise, as 40dB.");
        return null;
    }
}
