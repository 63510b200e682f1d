using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that asks csharp-ls, the language server of the repository's tool manifest; skipped, visibly, where it cannot be
/// restored.</summary>
public sealed class LanguageServerFactAttribute : FactAttribute
{
    public LanguageServerFactAttribute() =>
        Skip = LanguageServer.Program is null ? "csharp-ls cannot be restored (dotnet tool restore)" : null;
}

/// <summary>A conversation with csharp-ls, as an editor leads it.</summary>
internal sealed class LanguageServer
{
    private static readonly Lazy<string?> Restored = new(Restore);
    private readonly Stream _to;
    private readonly Stream _from;
    private int _id;

    private LanguageServer(Stream to, Stream from) => (_to, _from) = (to, from);

    /// <summary>The assembly of the server; null where it cannot be restored.</summary>
    public static string? Program => Restored.Value;

    /// <summary>Starts a server for a folder and has somebody talk with it once it has answered that it is there.</summary>
    public static void Talk(string folder, IReadOnlyDictionary<string, string> environment, Action<LanguageServer> talk) =>
        new ToolProcess(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Program!],
            folder,
            TimeSpan.FromMinutes(5)
        )
        {
            Environment = DotNet.Variables(environment),
        }.Converse(
            (to, from) =>
            {
                var server = new LanguageServer(to, from);
                server.Ask(
                    "initialize",
                    new()
                    {
                        ["rootUri"] = Uri(folder),
                        ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = Uri(folder), ["name"] = "sample" }),
                        ["capabilities"] = new JsonObject
                        {
                            ["workspace"] = new JsonObject { ["configuration"] = true },
                            ["textDocument"] = new JsonObject
                            {
                                ["hover"] = new JsonObject { ["contentFormat"] = new JsonArray("markdown") },
                                ["diagnostic"] = new JsonObject(),
                            },
                        },
                    }
                );
                server.Tell("initialized", []);
                talk(server);
                return true;
            }
        );

    public static string Uri(string path) => new Uri(path).AbsoluteUri;

    /// <summary>The result of a request; a server that ends before it answers fails the test.</summary>
    public JsonNode? Ask(string method, JsonObject parameters)
    {
        var id = ++_id;
        Send(
            new()
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["method"] = method,
                ["params"] = parameters,
            }
        );
        while (true)
        {
            var message = Receive();
            if (message["method"] is { } asked && message["id"] is { } theirs)
                Send(
                    new()
                    {
                        ["jsonrpc"] = "2.0",
                        ["id"] = theirs.DeepClone(),
                        ["result"] = Answer((string)asked!, message["params"]),
                    }
                );
            else if (message["method"] is null && (int?)message["id"] == id)
                return message["result"];
        }
    }

    public void Tell(string method, JsonObject parameters) =>
        Send(
            new()
            {
                ["jsonrpc"] = "2.0",
                ["method"] = method,
                ["params"] = parameters,
            }
        );

    /// <summary>Settings, with analyzers on; all else needs no answer.</summary>
    private static JsonNode? Answer(string method, JsonNode? parameters) =>
        method == "workspace/configuration"
            ? new JsonArray([.. parameters!["items"]!.AsArray().Select(_ => (JsonNode)new JsonObject { ["analyzersEnabled"] = true })])
            : null;

    private void Send(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        _to.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
        _to.Write(body);
        _to.Flush();
    }

    private JsonObject Receive()
    {
        var length = 0;
        while (Line() is { Length: > 0 } header)
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture);
        var body = new byte[length];
        _from.ReadExactly(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (true)
        {
            switch (_from.ReadByte())
            {
                case -1:
                    throw new Xunit.Sdk.XunitException("the language server ended, or was stopped at the time limit");
                case '\n':
                    return line.ToString().TrimEnd('\r');
                case var next:
                    line.Append((char)next);
                    break;
            }
        }
    }

    private static string? Restore()
    {
        if (DotNet.Run(PackageFeed.RepositoryRoot(), new Dictionary<string, string>(), "tool", "restore").ExitCode != 0)
            return null;
        var package = Path.Combine(PackageFeed.GlobalPackages, "csharp-ls");
        return Directory.Exists(package)
            ? Directory
                .GetFiles(package, "CSharpLanguageServer.dll", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }
}
