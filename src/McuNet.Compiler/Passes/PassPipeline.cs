using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Passes;

/// <summary>Runs all passes and verifies the network after each.</summary>
public static class PassPipeline
{
    /// <param name="observe">Called with the name of each pass and the network after it.</param>
    public static StageResult<NetworkGraph> Run(NetworkGraph graph, Action<string, NetworkGraph>? observe = null)
    {
        var context = new PassContext();
        if (GraphVerifier.Check(graph, "import") is { } broken)
            return StageResult<NetworkGraph>.Failure(broken);
        foreach (var pass in PassTable.Passes)
        {
            graph = pass.Run(graph, context);
            observe?.Invoke(pass.Name, graph);
            if (GraphVerifier.Check(graph, pass.Name) is { } problem)
                context.Diagnostics.Add(problem);
            if (context.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
                return StageResult<NetworkGraph>.Failure([.. context.Diagnostics]);
        }

        return StageResult<NetworkGraph>.Success(graph, [.. context.Diagnostics]);
    }
}
