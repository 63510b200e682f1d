using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using McuNet.Execution.Accuracy;
using McuNet.Execution.Executors;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Evaluate;

/// <summary>The object that <c>evaluate --json</c> prints. Shares are from 0 to 1.</summary>
internal static class EvaluationJson
{
    public static JsonObject Failed(string name, IEnumerable<Diagnostic> diagnostics) =>
        new() { ["name"] = name, ["diagnostics"] = CompilationJson.Diagnostics(diagnostics) };

    public static JsonObject Of(Evaluation evaluation, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["name"] = evaluation.Name,
            ["samples"] = evaluation.Data.Count,
            ["classes"] = new JsonArray([.. Enumerable.Range(0, evaluation.Classes).Select(c => (JsonNode)evaluation.NameOf(c))]),
            ["executors"] = new JsonArray([.. evaluation.Executors.Select(e => (JsonNode)Of(evaluation, e))]),
            ["layers"] = new JsonArray([
                .. evaluation.Layers.Select(l =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["node"] = l.Node,
                            ["tensor"] = l.Tensor,
                            ["sqnrDb"] = AccuracyJson.Decibels(l.Error.SqnrDb),
                            ["top1"] = l.Error.Correct is { } correct ? evaluation.Share(correct) : null,
                            ["agreesWithFloat"] = evaluation.Share(l.Error.Agrees),
                        }
                ),
            ]),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };

    private static JsonObject Of(Evaluation evaluation, ExecutorDecisions executor)
    {
        double? top = evaluation.Labels is { } labels ? evaluation.Share(executor.Correct(labels)) : null;
        return new()
        {
            ["name"] = executor.Executor,
            ["top1"] = top,
            ["standardError"] = top is { } share ? evaluation.StandardError(share) : null,
            ["agrees"] = evaluation.Share(executor.Agrees(evaluation.Executors[0])),
            ["confusion"] = evaluation.Labels is { } known
                ? new JsonArray([
                    .. executor.Confusion(known, evaluation.Classes).Select(r => (JsonNode)new JsonArray([.. r.Select(c => (JsonNode)c)])),
                ])
                : null,
        };
    }
}
