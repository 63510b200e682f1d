using System;
using System.IO;
using System.Linq;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class RedistributeCommandTests
{
    private const string Model = "mcunet_vww_int8.onnx";

    /// <summary>Every step keeps the receptive field and computes less twice; the search file and its space are read again.</summary>
    [RedistributedModelFact]
    public void Redistribute_RealModel_ProposesAndWritesASearch()
    {
        using var workspace = new Workspace();
        var file = Path.Combine(workspace.Root, "vww.search.json");

        var run = CommandRun.Of(
            "redistribute",
            RedistributedModelFactAttribute.Path(Model),
            "--out",
            file,
            "--dataset",
            "vww.json",
            "--json"
        );

        Assert.Equal(0, run.ExitCode);
        var (before, proposals) = (run.Json["network"]!, run.Json["proposals"]!.AsArray());
        Assert.NotEmpty(proposals);
        Assert.All(
            proposals,
            p => Assert.True((int)p!["field"]! >= (int)before["field"]! && (double)p["macFactor"]! < (double)before["macFactor"]!)
        );
        var search = SearchFileReader.Read(File.ReadAllBytes(file), file).Value;
        Assert.Equal(("vww.search.space.json", "vww.json"), (search.Space, search.Dataset));
        Assert.True(SpaceReader.Read(File.ReadAllBytes(Path.Combine(workspace.Root, search.Space)), search.Space).Succeeded);
    }

    [Fact]
    public void Redistribute_SmallNetwork_PrintsATable()
    {
        using var workspace = new Workspace();

        var run = CommandRun.Of("redistribute", workspace.Model, "--to", "nothing");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no layer 'nothing'; there are ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandRun.Of("redistribute", workspace.Model, "--out", "x.json").ExitCode);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RedistributedModelFactAttribute : FactAttribute
    {
        public RedistributedModelFactAttribute() => Skip = File.Exists(Path(Model)) ? null : "../shared is absent";

        public static string Path(string model) => System.IO.Path.Combine(Workspace.Repository, "..", "shared", "models", "onnx", model);
    }
}
