using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.Linq;
using McuNet.Cli.Options;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using McuNet.Execution.Accuracy;
using McuNet.Execution.Executors;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using McuNet.Manifest;

namespace McuNet.Cli.Evaluate;

/// <summary>What is asked.</summary>
/// <param name="Name">Of the model, for messages and generated code.</param>
/// <param name="Calibration">Samples that quantise a float model, or null.</param>
/// <param name="Float">The float model that a quantised one was made of, or null.</param>
/// <param name="On">Executors; empty for all that there are.</param>
/// <param name="Stored">Whether samples are elements of the quantised input.</param>
/// <param name="Form">What samples are, from what the model says of them.</param>
internal sealed record EvaluateRequest(
    string Model,
    string Name,
    string Data,
    string? Labels,
    string? Calibration,
    string? Float,
    ImmutableArray<string> On,
    bool Layers,
    int Limit,
    bool Stored,
    Device Device,
    Func<SampleForm, SampleForm> Form
);

/// <summary>The options of <c>mcunet evaluate</c>.</summary>
internal sealed class EvaluateOptions
{
    private static readonly ImmutableArray<string> Known = [Subject.FloatName, .. ExecutorTable.Names];

    private readonly SampleOptions _samples = new("test samples");
    private readonly Argument<string> _model = new("MODEL") { Description = "The ONNX or .tflite file." };
    private readonly Option<string> _data = new("--data")
    {
        HelpName = "dir|file",
        Description = "Samples to decide on, with their classes where the form has them.",
        Required = true,
    };
    private readonly Option<string?> _calibration = CalibrationOption.Create();
    private readonly Option<string?> _float = new("--float")
    {
        HelpName = "file",
        Description = "The float model that the quantised one was made of, to compare with.",
    };
    private readonly Option<string?> _on = new("--on")
    {
        HelpName = "names",
        Description =
            $"Executors, separated by commas: {string.Join(", ", Known)}. Default: float where there is a float model, onnxruntime, reference, csharp.",
    };
    private readonly Option<bool> _layers = new("--layers")
    {
        Description = "Say what each layer alone costs when it is quantised; needs a float model and --calibration.",
    };
    private readonly Option<string?> _device = new("--device")
    {
        Description = "The device whose code runs on host, qemu and csharp; results do not depend on it.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    public void AddTo(Command command)
    {
        command.Add(_model);
        foreach (Option option in new Option[] { _data, _on, _calibration, _float, _layers, _device, _json })
            command.Add(option);
        command.Add(_samples.Stored);
        _samples.AddTo(command);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <returns>MCU5001 where there is no such device.</returns>
    /// <exception cref="UsageException">The options make no sense.</exception>
    public StageResult<EvaluateRequest> Read(ParseResult parsed)
    {
        var (model, calibration, layers) = (parsed.GetValue(_model)!, parsed.GetValue(_calibration), parsed.GetValue(_layers));
        var on = (parsed.GetValue(_on) ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToImmutableArray();
        if (on.FirstOrDefault(n => !Known.Contains(n)) is { } unknown)
            throw new UsageException($"There is no executor '{unknown}'. Executors: {string.Join(", ", Known)}.");
        if (layers && calibration is null)
            throw new UsageException(
                "--layers says what quantising each layer of a float model costs: give a float model and --calibration."
            );
        if (on.Contains(Subject.FloatName) && calibration is null && parsed.GetValue(_float) is null)
            throw new UsageException(
                "The executor float runs the float model behind a quantised one: give it with --float, or quantise it with --calibration."
            );
        var (limit, form) = (_samples.Limit(parsed), _samples.Read(parsed, new()));
        var device = parsed.GetValue(_device) is { } id ? ModelOptions.DeviceOf(id) : StageResult<Device>.Success(HostDevice.Typical);
        return device.Then(d =>
            StageResult<EvaluateRequest>.Success(
                new(
                    model,
                    ModelNames.FromFile(model),
                    parsed.GetValue(_data)!,
                    parsed.GetValue(_samples.Labels),
                    calibration,
                    parsed.GetValue(_float),
                    on,
                    layers,
                    limit,
                    parsed.GetValue(_samples.Stored),
                    d,
                    otherwise => _samples.Read(parsed, otherwise)
                )
            )
        );
    }
}
