using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Quantization;
using McuNet.Quantization.Samples;

namespace McuNet.Cli;

/// <summary>A model compiled for a device, with what its code takes there.</summary>
public sealed record Compilation
{
    private Compilation(CompiledModel model, CompileOptions options)
    {
        (Model, Options, Program) = (model, options, ProgramBuilder.C(model));
        Footprint = Footprint.Estimate(Program);
    }

    public CompiledModel Model { get; }

    public CompileOptions Options { get; }

    /// <summary>The C.</summary>
    public DeviceProgram Program { get; }

    /// <summary>What it takes in flash and on the stack: an estimate, until <see cref="Measurement"/> has measured it.</summary>
    public Footprint Footprint { get; init; }

    /// <summary>With the estimated footprint.</summary>
    public static Compilation Of(CompiledModel model, CompileOptions options) => new(model, options);

    /// <summary>Errors for budgets that do not hold.</summary>
    public ImmutableArray<Diagnostic> CheckBudgets() => BudgetCheck.Run(Model, Options, Footprint);

    /// <summary>The integer network of a model file; a float model is quantised with calibration data.</summary>
    public static StageResult<NetworkGraph> Load(string path, string name, string? calibration = null, Phases? phases = null)
    {
        phases ??= Phases.Unobserved;
        return phases.Run("read", () => ModelFile.Read(path))
            .Then(file => calibration is null ? Integers(file.Model, name, phases) : phases.Run("quantise", () => Calibrated(file, name, calibration)));
    }

    /// <param name="calibration">A folder or file of samples, or null.</param>
    public static StageResult<Compilation> Compile(string path, CompileOptions options, string? calibration = null, Phases? phases = null) =>
        Load(path, options.Name, calibration, phases)
            .Then(graph => ModelCompiler.Compile(graph, options, model => Closely(Of(model, options)), phases))
            .Then(model => StageResult<Compilation>.Success(Of(model, options)));

    /// <summary>The footprint, measured where the estimate of the code leaves open whether it fits.</summary>
    private static Footprint Closely(Compilation compilation)
    {
        var (weights, code) = (compilation.Footprint.Weights, compilation.Footprint.Code);
        var left = compilation.Options.FlashBudget - weights;
        return left > 2L * code || left < 0 ? compilation.Footprint : Measurement.Measure(compilation).Footprint;
    }

    private static StageResult<NetworkGraph> Integers(OnnxModel model, string name, Phases phases) =>
        phases.Run("import", () => ModelImporter.Import(model, name)).Then(g => phases.Run("passes", () => PassPipeline.Run(g)));

    private static StageResult<NetworkGraph> Calibrated(ModelFile file, string name, string calibration)
    {
        if (FloatModel.IsQuantized(file.Model))
        {
            return Integers(file.Model, name, Phases.Unobserved).Then(graph =>
                StageResult<NetworkGraph>.Success(graph, [Diagnostic.Create(DiagnosticCatalog.CalibrationUnused, file.Path, calibration)]));
        }

        return Quantizer.InputOf(file.Model, name)
            .Then(input => SampleFiles.Read(calibration, name, input.Dims, null))
            .Then(samples => Quantizer.Quantize(file.Model, name, samples, new QuantizationOptions()))
            .Then(quantized => StageResult<NetworkGraph>.Success(quantized.Graph));
    }
}
