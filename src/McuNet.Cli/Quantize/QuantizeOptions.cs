using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Options;
using McuNet.Compiler.Quantization;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Quantize;

/// <summary>The options of <c>mcunet quantize</c>.</summary>
internal sealed class QuantizeOptions
{
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

    public Option<string?> Real { get; } =
        new("--real")
        {
            HelpName = "nodes",
            Description = "Layers that stay float32, by the names that evaluate --layers shows, separated by commas.",
        };

    public Option<bool> Unsigned { get; } = new("--uint8") { Description = "uint8 activations instead of int8." };

    public Option<string?> Test { get; } =
        new("--test") { HelpName = "dir|file", Description = "Samples that accuracy is measured on; default: the calibration data." };

    public SampleOptions Data { get; } = new("calibration samples");

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    public void AddTo(Command command)
    {
        command.Add(Model);
        foreach (Option option in new Option[] { Calibration, Out, Method, Percentile, NoBiasCorrection, Real, Unsigned, Test, Json })
            command.Add(option);
        Data.AddTo(command);
    }

    /// <exception cref="UsageException">A number makes no sense.</exception>
    public QuantizationOptions Read(ParseResult parsed) =>
        new()
        {
            Method = parsed.GetValue(Method),
            Percentile = parsed.GetValue(Percentile) is > 50 and <= 100 and var percentile
                ? percentile
                : throw new UsageException("--percentile must be above 50 and at most 100."),
            CorrectBias = !parsed.GetValue(NoBiasCorrection),
            Unsigned = parsed.GetValue(Unsigned),
        };
}
