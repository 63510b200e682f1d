using System;
using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;

namespace McuNet.Search.Training;

/// <summary>One request from its sending to a believable answer, over restarts of the child.</summary>
public sealed partial class TrainerProcess
{
    private const string Cancelled = "cancelled";

    private async Task<StageResult<T>> AskAsync<T>(
        JsonObject request,
        Func<JsonObject, T> read,
        IProgress<TrainerProgress>? progress,
        CancellationToken cancellation,
        bool needsInit = true
    )
        where T : class
    {
        if (needsInit && _setup is null)
            throw new InvalidOperationException("InitAsync comes first");
        cancellation.ThrowIfCancellationRequested();
        var op = (string)request["op"]!;
        _warnings.Clear();
        var left = _limits.Restarts;
        while (true)
        {
            Diagnostic failure;
            try
            {
                var connection = await ReadyAsync(needsInit, cancellation).ConfigureAwait(false);
                var answer = await ExchangeAsync(connection, request, progress, () => left = _limits.Restarts, cancellation)
                    .ConfigureAwait(false);
                var value = read(answer);
                return StageResult<T>.Success(value, [.. _warnings]);
            }
            catch (TrainerException problem)
            {
                if (problem.Code == Cancelled || (cancellation.IsCancellationRequested && problem.MayRestart))
                    throw new OperationCanceledException(cancellation);
                failure = problem.Diagnostic;
                if (!problem.MayRestart || left == 0)
                    return StageResult<T>.Failure([failure, .. _warnings]);
            }
            catch (UntrueAnswerException problem)
            {
                Drop();
                return StageResult<T>.Failure([
                    Diagnostic.Create(DiagnosticCatalog.TrainerUntrue, command, op, problem.Message),
                    .. _warnings,
                ]);
            }
            left--;
            _warnings.Add(Diagnostic.Create(DiagnosticCatalog.TrainerRestarted, failure.Message));
        }
    }

    /// <summary>A child that said hello and, where needed, stands at its last checkpoint.</summary>
    private async Task<TrainerConnection> ReadyAsync(bool needsInit, CancellationToken cancellation)
    {
        if (_connection is null)
        {
            try
            {
                _connection = TrainerConnection.Start(command);
            }
            catch (Win32Exception problem)
            {
                throw new TrainerException(Diagnostic.Create(DiagnosticCatalog.TrainerNotStarted, command, problem.Message));
            }
            _initialised = false;
            var hello = Answers.Read<TrainerHello>(
                await ExchangeAsync(_connection, Requests.Hello(), null, null, cancellation).ConfigureAwait(false)
            );
            if (hello.Protocol != Requests.Protocol)
            {
                Drop();
                throw new TrainerException(
                    Diagnostic.Create(DiagnosticCatalog.TrainerProtocol, command, hello.Protocol, Requests.Protocol)
                );
            }
        }
        if (needsInit && !_initialised)
        {
            // Work of this run that is on disk must not be lost to a request that began with an empty folder.
            var setup = _setup! with
            {
                Resume = true,
            };
            InitAnswer(await ExchangeAsync(_connection, Requests.Init(setup), null, null, cancellation).ConfigureAwait(false), setup);
        }
        return _connection;
    }

    /// <summary>Sends a request and reads up to its answer; events go to <paramref name="progress"/>.</summary>
    private async Task<JsonObject> ExchangeAsync(
        TrainerConnection connection,
        JsonObject fields,
        IProgress<TrainerProgress>? progress,
        Action? onCheckpoint,
        CancellationToken cancellation
    )
    {
        var id = ++_lastId;
        var cancelId = ++_lastId;
        var request = fields.DeepClone().AsObject();
        request["id"] = id;
        var op = (string)request["op"]!;
        await connection.SendAsync(request).ConfigureAwait(false);
        using var cancelling = cancellation.Register(() =>
            _ = connection.SendAsync(
                new JsonObject
                {
                    ["id"] = cancelId,
                    ["op"] = "cancel",
                    ["target"] = id,
                }
            )
        );
        while (true)
        {
            var message = await NextAsync(connection, op, cancellation).ConfigureAwait(false);
            if (message.ContainsKey("event"))
            {
                Handle(message, progress, onCheckpoint);
                continue;
            }
            var answered = message["id"] is JsonValue value && value.TryGetValue(out long number) ? number : -1;
            if (answered == cancelId)
                continue;
            Answers.Demand(
                answered == id,
                $"it answers a request {message["id"]?.ToJsonString() ?? "null"} that was not made; {id} is open"
            );
            if (message["ok"] is JsonValue ok && ok.TryGetValue(out bool succeeded))
                return succeeded ? Kept(message, cancellation) : throw Refused(message, op);
            throw new UntrueAnswerException("the answer has no 'ok'");
        }
    }

    private static JsonObject Kept(JsonObject message, CancellationToken cancellation)
    {
        var stopped = message["cancelled"] is JsonValue flag && flag.TryGetValue(out bool yes) && yes && !message.ContainsKey("checkpoint");
        return stopped ? throw new OperationCanceledException(cancellation) : message;
    }

    private async Task<JsonObject> NextAsync(TrainerConnection connection, string op, CancellationToken cancellation)
    {
        var patience = cancellation.IsCancellationRequested ? _limits.CancelGrace : _limits.Silence;
        JsonObject? message;
        try
        {
            message = await connection.ReceiveAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var tail = connection.Tail;
            Drop();
            throw new TrainerException(
                Diagnostic.Create(DiagnosticCatalog.TrainerSilent, command, patience.TotalSeconds, op, tail),
                mayRestart: true
            );
        }
        if (message is not null)
            return message;
        var exit = await connection.ExitAsync().ConfigureAwait(false);
        var lastWords = connection.Tail;
        Drop();
        throw new TrainerException(Diagnostic.Create(DiagnosticCatalog.TrainerEnded, command, op, exit, lastWords), mayRestart: true);
    }

    private void Handle(JsonObject message, IProgress<TrainerProgress>? progress, Action? onCheckpoint)
    {
        switch ((string?)message["event"])
        {
            case "progress":
                progress?.Report(Answers.Read<TrainerProgress>(message));
                break;
            case "checkpoint":
                onCheckpoint?.Invoke();
                break;
            case "warning":
                _warnings.Add(
                    Diagnostic.Create(DiagnosticCatalog.TrainerWarning, (string?)message["message"] ?? "", (string?)message["code"] ?? "")
                );
                break;
        }
    }

    private TrainerException Refused(JsonObject message, string op)
    {
        var (code, text) = ((string?)message["error"]?["code"] ?? "none", (string?)message["error"]?["message"] ?? "no reason given");
        return new TrainerException(Diagnostic.Create(DiagnosticCatalog.TrainerRefused, op, text, code)) { Code = code };
    }

    private void Drop()
    {
        _connection?.Dispose();
        (_connection, _initialised) = (null, false);
    }

    private sealed class TrainerException(Diagnostic diagnostic, bool mayRestart = false) : Exception(diagnostic.Message)
    {
        public Diagnostic Diagnostic => diagnostic;

        public bool MayRestart => mayRestart;

        public string? Code { get; init; }
    }
}
