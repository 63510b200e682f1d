using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ArenaCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Shared => Path.Combine(_workspace.Root, "mcunet_vision_arena");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Arena_TwoModels_IsAsLargeAsTheLargest()
    {
        var (fast, small) = (Compile("fast", "--optimize", "latency"), Compile("small", "--optimize", "memory", "--input", "rows"));

        var json = Arena("vision", "--json", fast.Manifest, small.Manifest).Json;

        Assert.True(small.Bytes < fast.Bytes);
        Assert.Equal(
            (fast.Bytes, fast.Bytes + small.Bytes, small.Bytes),
            ((long)json["bytes"]!, (long)json["separateBytes"]!, (long)json["savedBytes"]!)
        );
        Assert.Equal(["fast", "small"], json["models"]!.AsArray().Select(m => (string)m!["name"]!));
        Assert.Equal(
            Directory.GetFiles(Shared).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            json["files"]!.AsArray().Select(f => (string?)f).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            $"#define MCUNET_VISION_ARENA_BYTES {fast.Bytes}\n",
            File.ReadAllText(Path.Combine(Shared, "mcunet_vision_arena.h")),
            StringComparison.Ordinal
        );
        Assert.Contains($"new sbyte[Bytes]", File.ReadAllText(Path.Combine(Shared, "mcunet_vision_arena.g.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Arena_ForPeople_SaysWhatIsSaved()
    {
        var run = Arena("vision", Compile("fast").Manifest);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("^arena vision: [0-9,]+ bytes for fast \\([0-9,]+\\); 0 saved\n", run.Output);
    }

    [Fact]
    public void Arena_BudgetOfTheSmallerModelExceeded_NamesAllModels()
    {
        var (fast, small) = (Compile("fast", "--optimize", "latency"), Compile("small", "--input", "rows", "--optimize", "memory"));
        small = Compile("small", "--input", "rows", "--optimize", "memory", "--sram", $"{small.Total}");

        var run = Arena("vision", fast.Manifest, small.Manifest);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"error {DiagnosticCatalog.SharedArenaTooLarge.Id}: The models that share the arena 'vision' need",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"that 'small' may use. Their arenas: fast {fast.Bytes:N0}, small {small.Bytes:N0}.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(Shared));
    }

    [Fact]
    public void Arena_FaultyManifests_SayWhatIsWrong()
    {
        var fast = Compile("fast").Manifest;

        Assert.Contains($"error {DiagnosticCatalog.BuildManifestUnreadable.Id}", Arena("other", fast).Error, StringComparison.Ordinal);
        Assert.Contains("'fast' was not compiled to share the arena 'other'", Arena("other", fast).Error, StringComparison.Ordinal);
        Assert.Contains("another one is of 'fast' too", Arena("vision", fast, fast).Error, StringComparison.Ordinal);
        Assert.Equal(1, Arena("vision", "nowhere.mcunet").ExitCode);
        Assert.Equal(2, Arena("1st", fast).ExitCode);
    }

    [Fact]
    public void Arena_OfItsOwnModelsName_IsRefused()
    {
        var model = Compile("mcunet_other_arena").Manifest;
        File.WriteAllText(model, File.ReadAllText(model).Replace("mcunet_other_arena", "mcunet_vision_arena", StringComparison.Ordinal));

        Assert.Contains($"error {DiagnosticCatalog.ModelNamedAsArena.Id}: ", Arena("vision", model).Error, StringComparison.Ordinal);
        var compiled = _workspace.Compile("--name", "MCUNET_vision_arena", "--arena", "vision");
        Assert.Equal(1, compiled.ExitCode);
        Assert.Contains($"error {DiagnosticCatalog.ModelNamedAsArena.Id}: ", compiled.Error, StringComparison.Ordinal);
        Assert.Contains(
            "has the name 'MCUNET_vision_arena', under which the shared arena 'vision' is written. Give the model or the arena another name.",
            compiled.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_SharedArena_IsMeasuredLikeAnyOther()
    {
        var (own, shared) = (_workspace.Compile("--json").Json, _workspace.Compile("--json", "--arena", "vision").Json);

        Assert.Equal(own["flash"]!.ToJsonString(), shared["flash"]!.ToJsonString());
        Assert.Null(own["sram"]!["sharedArena"]);
        Assert.Equal((int)own["sram"]!["stack"]!, (int)shared["sram"]!["stack"]!);
    }

    private CommandRun Arena(string name, params string[] more) => CommandRun.Of(["arena", name, "--out", Shared, .. more]);

    private (string Manifest, long Bytes, long Total) Compile(string name, params string[] more)
    {
        var json = _workspace.Compile(["--name", name, "--arena", "vision", "--target", "c", "--json", .. more]).Json;
        Assert.Equal("vision", (string?)json["sram"]!["sharedArena"]);
        return (Path.Combine(_workspace.Out, name + ".mcunet"), (long)json["sram"]!["arena"]!, (long)json["sram"]!["total"]!);
    }
}
