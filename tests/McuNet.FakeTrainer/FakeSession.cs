using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.FakeTrainer;

/// <summary>The operations, over a checkpoint that is a few numbers.</summary>
internal sealed class FakeSession(Switches switches, Action<JsonObject> send, Func<bool> cancelled)
{
    private SearchSpace? _space;
    private string _folder = "";
    private long _seed;
    private JsonObject _about = [];

    private string Checkpoint => Path.Combine(_folder, "fake-checkpoint.json");

    private int Trained => (int)_about["total"]!;

    public JsonObject Hello() =>
        new()
        {
            ["protocol"] = switches.Lies("protocol") ? 7 : 1,
            ["name"] = "fake",
            ["version"] = "1",
            ["device"] = "none",
            ["processes"] = switches.Processes,
            ["threads"] = 1,
        };

    public JsonObject Init(JsonObject request)
    {
        _space = null;
        var space = SpaceReader.Read(Encoding.UTF8.GetBytes(request["space"]!.ToJsonString()), "request");
        if (!space.Succeeded)
            throw new Refusal("space-invalid", space.Diagnostics[0].Message);
        var dataset = (string)request["dataset"]!;
        if (!File.Exists(dataset))
            throw new Refusal("dataset-invalid", $"The data set file '{dataset}' cannot be read: it does not exist.");
        (_folder, _seed) = ((string)request["directory"]!, (long)request["seed"]!);
        Directory.CreateDirectory(_folder);
        var identity = $"{space.Value.Name}/{space.Value.Networks}/{space.Value.Classes}";
        _about = new JsonObject
        {
            ["space"] = identity,
            ["seed"] = _seed,
            ["stage"] = null,
            ["step"] = 0,
            ["steps"] = 0,
            ["total"] = 0,
        };
        if ((bool?)request["resume"] != false && File.Exists(Checkpoint))
        {
            var found = JsonNode.Parse(File.ReadAllText(Checkpoint))!.AsObject();
            if ((string)found["space"]! != identity)
                throw new Refusal(
                    "checkpoint-mismatch",
                    $"The checkpoint '{Checkpoint}' is of another search space ({found["space"]}, not {identity}). Choose another folder, or delete it to start anew."
                );
            if ((long)found["seed"]! != _seed)
                throw new Refusal(
                    "checkpoint-mismatch",
                    $"The checkpoint '{Checkpoint}' is of another seed ({found["seed"]}, not {_seed}). Choose another folder, or delete it to start anew."
                );
            _about = found;
        }
        _space = space.Value;
        return new JsonObject
        {
            ["space"] = identity,
            ["dataset"] = new JsonObject
            {
                ["name"] = Path.GetFileNameWithoutExtension(dataset),
                ["identity"] = "fake",
                ["classes"] = new JsonArray([.. Enumerable.Range(0, _space.Classes).Select(c => (JsonNode)$"class {c}")]),
                ["shape"] = new JsonArray(_space.InputChannels, 32, 32),
                ["train"] = 1000,
                ["validation"] = 200,
                ["test"] = 200,
            },
            ["stage"] = _about["stage"]?.DeepClone(),
            ["step"] = _about["step"]!.DeepClone(),
            ["steps"] = _about["steps"]!.DeepClone(),
        };
    }

    public JsonObject Train(JsonObject request)
    {
        Ready();
        var (stage, steps, every) = ((string)request["stage"]!, (int)request["steps"]!, (int?)request["checkpoint_every"] ?? 50);
        var start = (string?)_about["stage"] == stage ? (int)_about["step"]! : 0;
        for (var step = start + 1; step <= steps; step++)
        {
            Misbehave(step, start);
            _about["stage"] = stage;
            (_about["step"], _about["steps"], _about["total"]) = (step, steps, Trained + 1);
            if (step % 10 == 0 || step == steps)
                send(
                    new JsonObject
                    {
                        ["event"] = "progress",
                        ["op"] = "train",
                        ["stage"] = stage,
                        ["step"] = step,
                        ["steps"] = steps,
                        ["loss"] = 2.3 / (1 + step / 50.0),
                        ["accuracy"] = 1 - 0.9 / (1 + step / 50.0),
                        ["imagesPerSecond"] = 1000.0,
                        ["learningRate"] = 0.05,
                    }
                );
            var last = step == steps || cancelled();
            if (last || step % every == 0)
                Save(step, last);
            if (cancelled())
                break;
        }
        var done = (int)_about["step"]!;
        return new JsonObject
        {
            ["stage"] = switches.Lies("stage") ? "middle" : stage,
            ["step"] = done,
            ["steps"] = steps,
            ["cancelled"] = done < steps,
            ["checkpoint"] = switches.Lies("file") ? Checkpoint + ".no" : Checkpoint,
        };
    }

    public JsonObject Eval(JsonObject request)
    {
        var space = Ready();
        var accuracies = new JsonArray();
        foreach (var node in request["architectures"]!.AsArray())
        {
            if (cancelled())
                throw new Refusal("cancelled", "Cancelled.");
            var architecture = Read(node!, space);
            accuracies.Add(
                (string?)request["weights"] is { } weights
                    ? Tuned(space, architecture, weights.Split('-'))
                    : FakeAccuracy.Shared(space, architecture, _seed, Trained)
            );
            send(
                new JsonObject
                {
                    ["event"] = "progress",
                    ["op"] = "eval",
                    ["step"] = accuracies.Count,
                    ["steps"] = request["architectures"]!.AsArray().Count,
                }
            );
        }
        if (switches.Lies("accuracy"))
            accuracies[0] = 1.5;
        if (switches.Lies("count"))
            accuracies.Add(0.5);
        if (switches.Lies("nan"))
            accuracies[0] = "NaN";
        return new JsonObject
        {
            ["split"] = request["split"]?.DeepClone(),
            ["images"] = 200,
            ["accuracies"] = accuracies,
        };
    }

    /// <param name="parts">Of a name that <see cref="FineTune"/> gave: ft, hash, steps, start, seed, and whether a teacher was
    /// there.</param>
    private static double Tuned(SearchSpace space, Architecture architecture, string[] parts)
    {
        static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return FakeAccuracy.FineTuned(space, architecture, (int)Number(parts[2]), parts[3] == "random", Number(parts[4]), parts.Length > 5);
    }

    public JsonObject Rank(JsonObject request)
    {
        var space = Ready();
        var architectures = request["architectures"]!.AsArray().Select(a => Read(a!, space)).ToList();
        var scores = architectures.Select(a => FakeAccuracy.Shared(space, a, _seed, Trained)).ToList();
        var references = architectures
            .Select(a =>
                (string?)request["against"] == "trained" ? FakeAccuracy.Ideal(space, a) : NetworkLayer.Of(space, a).Sum(l => l.Macs)
            )
            .ToList();
        var spearman = switches.Lies("spearman") ? 0.123 : RankCorrelation.Spearman(scores, references);
        return new JsonObject
        {
            ["scores"] = new JsonArray([.. scores.Select(s => (JsonNode)s)]),
            ["references"] = new JsonArray([.. references.Select(s => (JsonNode)s)]),
            ["spearman"] = spearman,
        };
    }

    public JsonObject FineTune(JsonObject request)
    {
        var space = Ready();
        var architecture = Read(request["architecture"]!, space);
        var steps = (int)request["steps"]!;
        var (from, seed) = ((string?)request["from"] ?? "supernet", (long?)request["seed"] ?? _seed);
        var taught = request["teacher"] is null ? "" : "-taught";
        return new JsonObject
        {
            ["weights"] = $"ft-{architecture.Hash()}-{steps}-{from}-{seed}{taught}",
            ["accuracy"] = FakeAccuracy.FineTuned(space, architecture, steps, from == "random", seed, taught.Length > 0),
            ["cancelled"] = false,
        };
    }

    public JsonObject Trainings(JsonObject request) =>
        new() { ["trainings"] = new JsonArray([.. request["trainings"]!.AsArray().Select(JsonNode (t) => FineTune(t!.AsObject()))]) };

    public JsonObject Export(JsonObject request)
    {
        var space = Ready();
        var (architecture, path) = (Read(request["architecture"]!, space), (string)request["path"]!);
        if (!switches.Lies("file"))
            FakeTensors.WriteNetwork(path, space, architecture, (int)_seed);
        return new JsonObject
        {
            ["path"] = path,
            ["accuracy"] = FakeAccuracy.Ideal(space, architecture),
            ["difference"] = 1e-6,
        };
    }

    public JsonObject CalibrationSet(JsonObject request)
    {
        var space = Ready();
        var (path, side, count) = ((string)request["path"]!, (int)request["resolution"]!, Math.Min((int?)request["count"] ?? 200, 200));
        if (!switches.Lies("file"))
            FakeTensors.WriteImages(path, count, space.InputChannels, side, space.Classes, (int)_seed);
        return new JsonObject
        {
            ["path"] = path,
            ["count"] = count,
            ["shape"] = new JsonArray(count, space.InputChannels, side, side),
        };
    }

    /// <summary>A death "at" happens once per folder, so that the next child gets past it.</summary>
    private void Misbehave(int step, int start)
    {
        var mark = Path.Combine(_folder, "died");
        if (step == switches.DieAlwaysAt || (step == switches.DieAt && !File.Exists(mark)))
        {
            File.WriteAllText(mark, "");
            Console.Error.WriteLine($"fake trainer: asked to die at step {step}, started at {start}");
            Environment.Exit(9);
        }
        if (step == switches.HangAt && !File.Exists(mark))
        {
            File.WriteAllText(mark, "");
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private void Save(int step, bool last)
    {
        if (step < switches.DiskFullAt)
        {
            var temporary = Checkpoint + ".tmp";
            File.WriteAllText(temporary, _about.ToJsonString());
            File.Move(temporary, Checkpoint, overwrite: true);
            send(
                new JsonObject
                {
                    ["event"] = "checkpoint",
                    ["stage"] = _about["stage"]!.DeepClone(),
                    ["step"] = step,
                }
            );
            return;
        }
        var message = $"The checkpoint in '{_folder}' cannot be written: No space left on device. The previous one is kept.";
        if (last)
            throw new Refusal("disk-full", message);
        send(
            new JsonObject
            {
                ["event"] = "warning",
                ["code"] = "checkpoint-not-written",
                ["message"] = message,
            }
        );
    }

    private static Architecture Read(JsonNode node, SearchSpace space)
    {
        var architecture = ArchitectureReader.Read(Encoding.UTF8.GetBytes(node.ToJsonString()), space, "request");
        return architecture.Succeeded ? architecture.Value : throw new Refusal("architecture-invalid", architecture.Diagnostics[0].Message);
    }

    private SearchSpace Ready() => _space ?? throw new Refusal("not-initialised", "There is no supernet: init comes first.");
}

/// <summary>An answer with ok false.</summary>
internal sealed class Refusal(string code, string message) : Exception(message)
{
    public string Code => code;
}
