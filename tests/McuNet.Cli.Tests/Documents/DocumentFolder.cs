using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests;
using McuNet.Execution.Tests.Layers;
using McuNet.Tests;
using McuNet.Tests.Documents;

namespace McuNet.Cli.Tests.Documents;

/// <summary>
/// A folder in which the commands of a document run: with the float network and the pictures of samples/tutorial, the network of
/// samples/digits, small networks under the names that documents give to a reader's own, and the real models that the document names,
/// where those lie beside the repository. It is the current folder until it is disposed.
/// </summary>
internal sealed class DocumentFolder : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;

    public DocumentFolder(string document = "")
    {
        Root = Directory.CreateTempSubdirectory("mcunet document ").FullName;
        var samples = Path.Combine(Workspace.Repository, "samples");
        File.Copy(Path.Combine(samples, "tutorial", "digits.float.onnx"), Path.Combine(Root, "digits.float.onnx"));
        Copy(Path.Combine(samples, "tutorial", "pictures"), Path.Combine(Root, "pictures"));
        File.Copy(Path.Combine(samples, "digits", "digits.onnx"), Path.Combine(Root, "digits.onnx"));
        File.WriteAllBytes(Path.Combine(Root, "person.onnx"), Person().ToArray());
        File.WriteAllBytes(Path.Combine(Root, "smaller.onnx"), Person(3).ToArray());
        File.WriteAllBytes(Path.Combine(Root, "wake_word.onnx"), WakeWord().ToArray());
        File.WriteAllBytes(Path.Combine(Root, "kws.onnx"), Keywords().ToArray());
        foreach (var model in SharedModels(document).Where(_ => Shared.IsPresent))
            File.Copy(Shared.Path("models", "onnx", model), Path.Combine(Root, model));
        if (Shared.IsPresent && !OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(Path.Combine(Root, "shared"), Shared.Root!);
        Environment.CurrentDirectory = Root;
    }

    public string Root { get; }

    /// <summary>Real models that a document names: they lie beside the repository, and docs/models.md says where they come from.</summary>
    public static IEnumerable<string> SharedModels(string text) =>
        Regex.Matches(text, @"\b(?:mlperf|mcunet|mltk|tflm|coral)_\w+\.onnx").Select(m => m.Value).Distinct();

    /// <summary>Runs a command, <c>mcunet</c> in this process and all else by the shell.</summary>
    public (int ExitCode, string Printed) Run(string command)
    {
        var words = Words(Regex.Replace(command, "^build/", ""));
        if (words[0] == "mcunet" && !Regex.IsMatch(command, "[|<>;&]"))
        {
            var run = CommandRun.Of([.. words.Skip(1)]);
            return (run.ExitCode, run.Output + run.Error);
        }
        var shell = ProgramRun.Of("/bin/sh", ["-c", command], Root);
        return (shell.ExitCode, shell.Output + shell.Error);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(Root, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static List<string> Words(string command) =>
        [.. Regex.Matches(command, "\"([^\"]*)\"|'([^']*)'|(\\S+)").Select(m => m.Groups[1].Value + m.Groups[2].Value + m.Groups[3].Value)];

    /// <summary>A classifier of colour images with bytes as its input.</summary>
    private static OnnxBytes Person(int channels = 6) =>
        new OnnxBytes()
            .Float("pixel", 1 / 255f)
            .Float("scale", 0.0625f)
            .Float("weight", 0.0078125f)
            .Zero("least", -128)
            .Zero("zero", -3)
            .Zero("none")
            .Input("image", 1, 3, 24, 24)
            .Rounded("image", "in", "pixel", "least")
            .Conv("in_dq", "a", 3, channels, 1)
            .Node("Relu", "a", "ar")
            .Rounded("ar", "a")
            .Conv("a_dq", "b", channels, 2, 2)
            .Rounded("b", "b")
            .Node("GlobalAveragePool", "b_dq", "m")
            .Node("Flatten", "m", "f")
            .Rounded("f", "m")
            .Output("m_dq", 1, 2);

    /// <summary>Two states of four numbers, which take a slice up.</summary>
    private static OnnxBytes WakeWord() =>
        new OnnxBytes()
            .Float("s", 0.5f)
            .Zero("z")
            .Tensor("u", OnnxType.UInt8, [], (byte)0)
            .Input("slice", 1, 4)
            .Input("kept_in", 1, 4)
            .Input("frames", 1, 4)
            .Rounded("slice", "x", "s", "z")
            .Rounded("kept_in", "k", "s", "z")
            .Rounded("frames", "f", "s", "z")
            .Node("Add", "x_dq k_dq", "kept")
            .Node("QuantizeLinear", "kept s z", "kept_q")
            .Node("DequantizeLinear", "kept_q s z", "kept_out")
            .Node("Add", "kept_out f_dq", "sum")
            .Node("QuantizeLinear", "sum s z", "sum_q")
            .Node("DequantizeLinear", "sum_q s z", "frames_next")
            .Node("Relu", "frames_next", "r")
            .Node("QuantizeLinear", "r s u", "yq")
            .Node("DequantizeLinear", "yq s u", "wake")
            .Output("wake", 1, 4)
            .Output("kept_out", 1, 4)
            .Output("frames_next", 1, 4);

    /// <summary>A convolution along 16 rows of time without padding, and the mean of what it gives.</summary>
    private static OnnxBytes Keywords()
    {
        var weights = Enumerable.Range(0, 4 * 5 * 3).Select(i => (sbyte)(i * 37 % 101 - 50)).ToArray();
        return Networks
            .Begin(1, 1, 16, 5)
            .Tensor("w", OnnxType.Int8, [4, 1, 3, 5], weights)
            .Node("DequantizeLinear", "w weight none", "wdq")
            .Node("Conv", "in_dq wdq", "c")
            .Rounded("c", "c")
            .Node("GlobalAveragePool", "c_dq", "m")
            .Rounded("m", "m")
            .Output("m_dq", 1, 4, 1, 1);
    }
}
