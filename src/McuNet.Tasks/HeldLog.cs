using System;
using System.Collections;
using System.Collections.Generic;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Keeps what one of several tasks at work together logs, until it is its turn to be heard.</summary>
internal sealed class HeldLog(IBuildEngine engine) : IBuildEngine
{
    private readonly List<(Action<IBuildEngine> Log, object? Identity)> _events = [];

    public bool ContinueOnError => engine.ContinueOnError;

    public int LineNumberOfTaskNode => engine.LineNumberOfTaskNode;

    public int ColumnNumberOfTaskNode => engine.ColumnNumberOfTaskNode;

    public string ProjectFileOfTaskNode => engine.ProjectFileOfTaskNode;

    public void LogErrorEvent(BuildErrorEventArgs e) =>
        _events.Add((log => log.LogErrorEvent(e), (e.Code, e.Message, e.File, e.LineNumber, e.ColumnNumber)));

    public void LogWarningEvent(BuildWarningEventArgs e) =>
        _events.Add((log => log.LogWarningEvent(e), (e.Code, e.Message, e.File, e.LineNumber, e.ColumnNumber)));

    public void LogMessageEvent(BuildMessageEventArgs e) => _events.Add((log => log.LogMessageEvent(e), null));

    public void LogCustomEvent(CustomBuildEventArgs e) => _events.Add((log => log.LogCustomEvent(e), null));

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        engine.BuildProjectFile(projectFileName, targetNames, globalProperties, targetOutputs);

    /// <summary>Logs everything in its order, but no error or warning that is among those said before.</summary>
    public void Tell(ISet<object> said)
    {
        foreach (var (log, identity) in _events)
            if (identity is null || said.Add(identity))
                log(engine);
        _events.Clear();
    }
}
