using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Quantization;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Import;

/// <summary>
/// Thousands of models with a fault or two: whatever is in them, the answer is a network or a diagnostic. MCUNET_MUTATIONS sets how many;
/// the gate tries a share.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>What ONNX Runtime refuses and the compiler takes on purpose, by words of its message.</summary>
    private static readonly (string Words, string Reason)[] TakenOnPurpose =
    [
        ("opset", "operators mean what the newest opset says where the opset named has no such form"),
        ("Unrecognized attribute", "an attribute of another opset than the one named"),
        ("not a registered function/op", "an operator of a later opset than the one named"),
        ("No Op registered", "an operator of a later opset than the one named"),
        ("not in range", "operands that an opset other than the one named has"),
        ("must be a scalar", "one number is one number under any dimensions"),
        ("must be a 1D", "a list is the same list under dimensions of 1"),
        ("Unsupported model IR version", "the IR version changes nothing that is read"),
        ("Could not find an implementation", "ONNX Runtime lacks a kernel for the type; the arithmetic is defined"),
        ("Type Error", "8-bit types that are mixed where the arithmetic is defined, and types of later opsets"),
        ("is invalid", "an opset later than the one named allows it"),
        ("does not match", "shapes that are stated for values in between are not read; those computed count"),
        ("mismatch", "shapes that are stated for values in between are not read; those computed count"),
    ];

    [SharedFact]
    public void Compile_ModelsWithFaults_AreNetworksOrDiagnostics()
    {
        var count = Mutations(1500);
        var device = DeviceDatabase.Find("stm32h743").Value;
        OnnxModel[] models = [.. Sources().Select(f => OnnxReader.Read(File.ReadAllBytes(f), f).Value)];
        var (problems, accepted) = (new List<string>(), 0);
        var refusedThere = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var (model, kind) = ModelMutation.Of(models[seed % models.Length], random);
            if (seed % 4 == 3 && model.Graph.Nodes.Length > 0)
                (model, kind) = ModelMutation.Of(model, random);
            try
            {
                var result = ModelCompiler.Compile(OnnxWriter.Write(model), "net", new CompileOptions { Name = "net", Device = device });
                if (result.Diagnostics.Any(d => d.Id == "MCU2001" || d.Message.Contains('\n')))
                    problems.Add($"{seed}, {kind}: {result.Diagnostics[0]}");
                if (!result.Succeeded)
                    continue;
                accepted++;
                _ = (result.Value.Code(), CSharpEmitter.Emit(ProgramBuilder.CSharp(result.Value.Model)));
                if (OnnxRuntimeLibrary.Locate().Succeeded && RefusalOfRead(model) is { } message)
                    Count(refusedThere, seed, kind, message, problems);
            }
            catch (Exception fault)
            {
                problems.Add(
                    $"{seed}, {kind}: {fault.GetType().Name} {fault.Message} {string.Join(' ', fault.StackTrace!.Split('\n').Take(3))}"
                );
            }
        }

        output.WriteLine($"{count} mutations, {accepted} accepted, of which ONNX Runtime refuses {refusedThere.Values.Sum()}:");
        foreach (var (reason, number) in refusedThere)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {number, 5}  {reason}"));
        Assert.True(accepted > count / 20, "hardly any mutation compiles: the check has no force");
        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems.Take(40))}");
    }

    /// <summary>The float models that the quantiser rewrites before it knows ranges.</summary>
    [SharedFact]
    public void Quantise_FloatModelsWithFaults_AreModelsOrDiagnostics()
    {
        OnnxModel[] models =
        [
            .. Directory
                .GetFiles(Shared.Path("cases"), "fl_*.onnx")
                .Order(StringComparer.Ordinal)
                .Select(f => OnnxReader.Read(File.ReadAllBytes(f), f).Value),
        ];
        var (problems, accepted, count) = (new List<string>(), 0, Mutations(3000));
        for (var seed = 0; seed < count; seed++)
        {
            var (model, kind) = ModelMutation.Of(models[seed % models.Length], new Random(seed));
            try
            {
                var result = OnnxReader
                    .Read(OnnxWriter.Write(model), "net")
                    .Then(m => FloatModel.Of(m, "net"))
                    .Then(f =>
                        QdqModel.Build(
                            f,
                            f.Observed.ToDictionary(o => o, _ => new ValueRange(-1, 2)),
                            new QuantizationOptions(),
                            new Dictionary<string, System.Collections.Immutable.ImmutableArray<float>>()
                        )
                    );
                accepted += result.Succeeded ? 1 : 0;
            }
            catch (Exception fault)
            {
                problems.Add(
                    $"{seed}, {kind}: {fault.GetType().Name} {fault.Message} {string.Join(' ', fault.StackTrace!.Split('\n').Take(3))}"
                );
            }
        }

        Assert.True(accepted > count / 20, "hardly any mutation is quantised: the check has no force");
        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems.Take(40))}");
    }

    private static int Mutations(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("MCUNET_MUTATIONS"), out var asked) ? asked : otherwise;

    private static void Count(SortedDictionary<string, int> found, int seed, string kind, string message, List<string> problems)
    {
        if (TakenOnPurpose.FirstOrDefault(t => message.Contains(t.Words, StringComparison.OrdinalIgnoreCase)) is ({ } words, { } reason))
            found[$"{words}: {reason}"] = found.GetValueOrDefault($"{words}: {reason}") + 1;
        else
            problems.Add($"{seed}, {kind}, is accepted, but ONNX Runtime says: {message}");
    }

    /// <summary>Nodes that no output depends on are not read, so that nothing they lack is missed.</summary>
    private static string? RefusalOfRead(OnnxModel model) =>
        RefusalOf(model) is { } message && message.Contains("is not a graph input", StringComparison.Ordinal)
            ? RefusalOf(LiveGraph.Of(model).Value)
            : RefusalOf(model);

    private static string? RefusalOf(OnnxModel model)
    {
        try
        {
            using var session = OnnxSession.Open(OnnxWriter.Write(model));
            return null;
        }
        catch (OnnxRuntimeException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Small models of many operators.</summary>
    private static IEnumerable<string> Sources() =>
        [
            Shared.Path("models", "onnx", "tflm_hello_int8.onnx"),
            Shared.Path("models", "onnx", "mltk_fingerprint_int8.onnx"),
            .. new[]
            {
                "avgpool_1",
                "autopad_same_lower_b",
                "concat_scales",
                "constant_nodes",
                "conv2d_h1",
                "dilated_1d_causal",
                "dropout_train_io",
                "dw_multiplier_c1",
                "eegnet",
                "flatten_gemm_nchw",
                "hardswish_parts",
                "maxpool_0",
                "maxpool_int8_direct",
                "nhwc_ops",
                "pad_node_asym",
                "qlinear_u8_w",
                "qlinearadd_ties_s8",
                "qlinearmatmul_zps",
                "reducemean18",
                "relu_int8_direct",
                "resize_default_oddsizes",
                "se_block",
                "softmax_axis_c_image",
                "tf_c1_reshape_input",
                "two_inputs",
                "weights_dq_reshape_axis",
            }.Select(n => Shared.Path("cases", n + ".onnx")),
        ];
}
