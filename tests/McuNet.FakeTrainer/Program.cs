using System;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading;
using McuNet.FakeTrainer;

var switches = new Switches(args);
var writing = new Lock();
var requests = new BlockingCollection<JsonObject>();
var cancelled = false;

var reader = new Thread(() =>
{
    while (Console.In.ReadLine() is { } line)
    {
        var request = JsonNode.Parse(line)!.AsObject();
        if ((string)request["op"]! == "cancel")
        {
            cancelled = true;
            Send(new JsonObject { ["id"] = request["id"]!.DeepClone(), ["ok"] = true });
        }
        else
        {
            requests.Add(request);
        }
    }
    Environment.Exit(0);
})
{
    IsBackground = true,
};
reader.Start();

var session = new FakeSession(switches, Send, () => cancelled);
foreach (var request in requests.GetConsumingEnumerable())
{
    var op = (string)request["op"]!;
    if (op == switches.DieIn)
    {
        Console.Error.WriteLine($"fake trainer: asked to die in {op}");
        return 9;
    }
    if (op == switches.HangIn)
        Thread.Sleep(Timeout.Infinite);
    if (op != "hello" && switches.Lies("garbage"))
        Console.Out.WriteLine("Traceback (most recent call last):");
    var id = switches.Lies("id") ? 4711 : (long)request["id"]!;
    JsonObject reply;
    try
    {
        reply = Answer(op, request);
        reply["ok"] = true;
    }
    catch (Refusal refusal)
    {
        reply = new JsonObject
        {
            ["ok"] = false,
            ["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message },
        };
    }
    cancelled = false;
    reply["id"] = id;
    Send(reply);
    if (op == "quit")
        return 0;
}
return 0;

JsonObject Answer(string op, JsonObject request) =>
    op switch
    {
        "hello" => session.Hello(),
        "init" => session.Init(request),
        "train" => session.Train(request),
        "eval" => session.Eval(request),
        "rank" => session.Rank(request),
        "finetune" => session.FineTune(request),
        "trainings" => session.Trainings(request),
        "export" => session.Export(request),
        "calibset" => session.CalibrationSet(request),
        "quit" => [],
        _ => throw new Refusal("bad-request", $"There is no operation '{op}'."),
    };

void Send(JsonObject message)
{
    lock (writing)
    {
        Console.Out.WriteLine(message.ToJsonString());
        Console.Out.Flush();
    }
}
