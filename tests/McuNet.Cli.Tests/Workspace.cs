using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Tests.Devices;

namespace McuNet.Cli.Tests;

/// <summary>A temporary folder whose path has a space, with the model of samples/digits in it.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Root = Path.Combine(Path.GetTempPath(), $"mcunet cli {Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
        File.Copy(Path.Combine(Repository, "samples", "digits", "digits.onnx"), Model);
    }

    public static string Repository => RepositoryFolder.Root;

    public string Root { get; }

    public string Model => Path.Combine(Root, "digits.onnx");

    public string Out => Path.Combine(Root, "generated code");

    public IEnumerable<string> Files =>
        Directory.Exists(Out) ? Directory.GetFiles(Out).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal) : [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public CommandRun Compile(params string[] more) => CommandRun.Of(["compile", Model, "--device", "nrf52840", "--out", Out, .. more]);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
