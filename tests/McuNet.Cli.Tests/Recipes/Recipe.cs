using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Tests;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Search.Training;
using McuNet.Tests;
using Xunit;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>
/// A folder as the recipes have it: their scripts, and some of the digits in the form of MNIST. The network is trained once.
/// </summary>
public sealed class Recipe : IDisposable
{
    private const int Pixels = 28 * 28;

    /// <summary>The files of ../shared hold one digit after the other, so that a few of each are every fifth.</summary>
    private const int Every = 5;

    private const int CalibrationSamples = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-recipe-").FullName;
    private readonly Lazy<FloatChain> _network;
    private readonly Dictionary<string, string> _done = [];

    public Recipe()
    {
        _network = new(Trained);
        foreach (var script in Directory.GetFiles(Scripts, "*.py"))
            File.Copy(script, Path.Combine(_folder, Path.GetFileName(script)));
    }

    internal static string Scripts => Path.Combine(Workspace.Repository, "samples", "recipes");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a line of a page as if it were typed in the folder, once; fails where it does not end well.</summary>
    /// <returns>What it printed.</returns>
    internal string Run(string command) => _done.TryGetValue(command, out var said) ? said : _done[command] = Type(command);

    private string Type(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "python3")
            return ProgramRun.Good(RecipeTheoryAttribute.Python!, words[1..], _folder).Output;
        Assert.Equal("mcunet", words[0]);
        var before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(_folder);
            var run = CommandRun.Of(words[1..]);
            Assert.True(run.ExitCode == 0, $"{command}\n{run.Output}\n{run.Error}");
            return run.Output + run.Error;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>
    /// Writes the file that a tool which cannot be installed here writes of the trained network; none where the page's own commands do.
    /// </summary>
    internal void Write(string model)
    {
        var written = model switch
        {
            "digits.ort.onnx" => OnnxRuntimeQuantizer.Qdq(_network.Value),
            "digits.operators.onnx" => OnnxRuntimeQuantizer.Operators(_network.Value),
            "digits.brevitas.onnx" => TrainedQuantizers.Brevitas(_network.Value),
            "digits.trt.onnx" => TrainedQuantizers.TensorRt(_network.Value),
            "digits.tflite" => TfLiteConverter.Int8(_network.Value),
            _ => null,
        };
        if (written is not null)
            File.WriteAllBytes(Path.Combine(_folder, model), written);
    }

    /// <summary>The share of the test images on which a model is right, compiled for this machine or on another executor.</summary>
    internal double Accuracy(string model, string executor = "host")
    {
        const string Data = "--data mnist/t10k-images-idx3-ubyte --labels mnist/t10k-labels-idx1-ubyte --mean 128 --scale 128";
        _ = _network.Value;
        var text = Run($"mcunet evaluate {model} {Data} --on {executor} --json");
        return (double)JsonNode.Parse(text)!["executors"]!.AsArray().Single()!["top1"]!;
    }

    /// <summary>The float network, trained and exported by the first command of its page.</summary>
    private FloatChain Trained()
    {
        WriteDigits("train", File.OpenRead(Shared.Path("data", "mnist", "train_x_u8_60000x28x28.bin.gz")), "train_y_u8.bin");
        WriteDigits("t10k", File.OpenRead(Shared.Path("data", "mnist", "test_x_u8_10000x28x28.bin")), "test_y_u8.bin");
        Run(RecipePage.Of("pytorch").Commands[0]);
        var images = File.ReadAllBytes(Path.Combine(_folder, "mnist", "train-images-idx3-ubyte"))[16..].Chunk(Pixels).ToArray();
        var calibration = images.Where((_, i) => i % (images.Length / CalibrationSamples) == 0);
        var samples = calibration.Select(i => i.Select(p => (p - 128) / 128f).ToArray());
        return new(File.ReadAllBytes(Path.Combine(_folder, "digits.onnx")), samples);
    }

    private void WriteDigits(string split, Stream pixels, string classes)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mnist"));
        var labels = File.ReadAllBytes(Shared.Path("data", "mnist", classes));
        using var source = split == "train" ? new GZipStream(pixels, CompressionMode.Decompress) : pixels;
        using var all = new MemoryStream();
        source.CopyTo(all);
        var images = all.ToArray().Chunk(Pixels).Where((_, i) => i % Every == 0).SelectMany(i => i).ToArray();
        byte[] chosen = [.. labels.Where((_, i) => i % Every == 0)];
        WriteIdx($"{split}-images-idx3-ubyte", [chosen.Length, 28, 28], images);
        WriteIdx($"{split}-labels-idx1-ubyte", [chosen.Length], chosen);
    }

    private void WriteIdx(string name, int[] dims, byte[] elements)
    {
        using var file = File.Create(Path.Combine(_folder, "mnist", name));
        file.Write([0, 0, 8, (byte)dims.Length]);
        Span<byte> extent = stackalloc byte[4];
        foreach (var dim in dims)
        {
            BinaryPrimitives.WriteInt32BigEndian(extent, dim);
            file.Write(extent);
        }
        file.Write(elements);
    }
}

/// <summary>
/// A test that trains on the digits of ../shared with PyTorch and calibrates with ONNX Runtime; skipped, visibly, where one is absent.
/// </summary>
public sealed class RecipeTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Found = new(Find);

    public RecipeTheoryAttribute() =>
        Skip =
            !Shared.IsPresent ? "../shared is absent"
            : !OnnxRuntimeLibrary.Locate().Succeeded ? "ONNX Runtime is not installed"
            : Python is null ? "no Python with PyTorch and NumPy (apt-get install python3-torch)"
            : null;

    internal static string? Python => Found.Value;

    private static string? Find()
    {
        var chosen = Environment.GetEnvironmentVariable("MCUNET_PYTHON");
        var search = Environment.GetEnvironmentVariable("PATH") + Path.PathSeparator + "/usr/bin";
        var found = PythonEnvironment.FindAsync(search, string.IsNullOrEmpty(chosen) ? null : chosen, dataset: null);
        return found.GetAwaiter().GetResult().ValueOrNull is { IsComplete: true } python ? python.Python : null;
    }
}
