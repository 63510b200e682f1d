using System;
using System.IO;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks.Tests;

/// <summary>A directory with a project file and one model, deleted at the end.</summary>
internal sealed class TemporaryProject : IDisposable
{
    public TemporaryProject(string items = "    <McuModel Include=\"net.onnx\" Device=\"nrf52840\" />")
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("mcunet tests ").FullName;
        File.WriteAllText(ProjectFile, $"<Project>\n  <ItemGroup>\n{items}\n  </ItemGroup>\n</Project>\n");
        File.WriteAllText(PathOf("net.onnx"), "model");
        File.WriteAllText(Engine, "engine");
    }

    public string Directory { get; }

    public string ProjectFile => PathOf("App.csproj");

    public string Engine => PathOf("mcunet.dll");

    public BuildLog Log { get; } = new();

    public string PathOf(string file) => Path.Combine(Directory, file);

    public PrepareMcuModels Prepare(params TaskItem[] items) =>
        new()
        {
            BuildEngine = Log,
            Models = items,
            ProjectFile = ProjectFile,
            OutputRoot = "obj/mcunet/",
            EnginePath = Engine,
            Target = "c,csharp",
            Language = "C#",
            LangVersion = "12.0",
            TargetFrameworkIdentifier = ".NETCoreApp",
            TargetFrameworkVersion = "v8.0",
        };

    public static TaskItem Item(string include = "net.onnx", params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(include);
        item.SetMetadata("Device", "nrf52840");
        foreach (var (name, value) in metadata)
            item.SetMetadata(name, value);
        return item;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
