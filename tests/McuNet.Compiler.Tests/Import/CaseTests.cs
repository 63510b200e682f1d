using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Small models after public bug reports: none gives another number than ONNX Runtime without a reason, none makes the compiler
/// fail.</summary>
public sealed class CaseTests(ITestOutputHelper output)
{
    /// <summary>Elements that differ from both the optimised and the plain run of ONNX Runtime, by one step: the rule that decides
    /// them.</summary>
    private static readonly FrozenDictionary<string, (int Elements, string Rule)> Explained = new Dictionary<string, (int, string)>
    {
        ["bias_i16"] = (1, "a bias of another scale is rounded to the layer's"),
        ["eegnet"] = (3, "means are summed as integers; a half goes to the even step"),
        ["hardswish_parts"] = (4, "HardSigmoid and HardSwish are tables in double precision"),
        ["resize_linear"] = (28, "weights are integers and sums exact; a half goes to the even step"),
        ["se_block"] = (3, "Sigmoid is a table in double precision"),
        ["w_int4"] = (5, "ONNX Runtime has no convolution by int4: it computes on real numbers, whose sums decide halves either way"),
    }.ToFrozenDictionary();

    /// <summary>Of results that are real numbers, over the largest of them: the order of sums is not that of ONNX Runtime.</summary>
    private const float RealTolerance = 1e-5f;

    /// <summary>
    /// What is refused today, each with a true reason; a model that leaves this list is a gain, one that comes to it needs a reason.
    /// </summary>
    private static readonly FrozenSet<string> Refused = """
        bad_empty bad_html bad_tflite bad_trunc batch8 conv_dynamic_hw convinteger_dynamic function_domain opset7_fake
        q_dq_differ weights_dq_squeeze_wrongaxis
        """.Split([' ', '\n'], System.StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    [SharedFact]
    public void Import_EveryCase_IsEqualToOnnxRuntimeOrRefusedForAReason()
    {
        var problems = new List<string>();
        foreach (var file in Directory.GetFiles(Shared.Path("cases"), "*.onnx").Order(System.StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var result = ModelCompiler.Network(Content(file), name, name);
            var refused = Refused.Contains(name);
            if (result.Succeeded == refused)
                problems.Add($"{name} is {(result.Succeeded ? "accepted" : "refused")}: {string.Join(' ', result.Diagnostics)}");
            if (result.Diagnostics.Any(d => d.Id is "MCU2001" or "MCU9000"))
                problems.Add($"{name}: {result.Diagnostics[0]}");
            if (!result.Succeeded || Golden.OfCase(name) is not { } golden || name == "unused_input")
                continue;
            var (elements, largest, relative) = Difference(golden, result.Value);
            output.WriteLine($"{name}: {elements} differ by up to {largest}, {relative} of the largest");
            var (allowed, _) = Explained.GetValueOrDefault(name);
            if (
                result.Value.Outputs.All(o => o.Element == ElementType.Float32)
                    ? relative > RealTolerance
                    : elements > allowed || largest > 1
            )
                problems.Add($"{name}: {elements} elements differ by up to {largest}");
        }

        Assert.Empty(problems);
    }

    /// <summary>With what lies in files beside it.</summary>
    private static byte[] Content(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (OnnxReader.Read(bytes, file).ValueOrNull is not { } model || ExternalFiles.Of(model) is not { IsEmpty: false } external)
            return bytes;
        var files = external.ToDictionary(
            e => e.Location,
            e => (System.ReadOnlyMemory<byte>)File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, e.Location))
        );
        return OnnxWriter.Write(ExternalFiles.Joined(model, files).Value);
    }

    /// <summary>Elements that neither run of ONNX Runtime gives, as few as either has, and the largest difference.</summary>
    private static (int Elements, float Largest, float Relative) Difference(Golden golden, NetworkGraph graph)
    {
        var (optimised, plain) = (new List<Comparison>(), new List<Comparison>());
        for (var c = 0; c < golden.CaseCount; c++)
        {
            var results = golden.Run(graph, c);
            for (var port = 0; port < graph.Outputs.Length; port++)
            {
                optimised.Add(Golden.Compare(results[port], golden.Output(c, port), graph.Outputs[port].Element));
                plain.Add(Golden.Compare(results[port], golden.UnoptimisedOutput(c, port), graph.Outputs[port].Element));
            }
        }

        var best = optimised.Sum(r => r.Mismatches) <= plain.Sum(r => r.Mismatches) ? optimised : plain;
        return (best.Sum(r => r.Mismatches), best.Max(r => r.Largest), best.Max(r => r.Relative));
    }
}
