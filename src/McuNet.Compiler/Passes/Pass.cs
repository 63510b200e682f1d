using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Passes;

/// <summary>A rewriting of the network that keeps what it computes.</summary>
/// <param name="Name">A verb phrase.</param>
/// <param name="Reason">Why it is worth doing.</param>
public sealed record Pass(string Name, string Reason, Func<NetworkGraph, PassContext, NetworkGraph> Run);

/// <summary>One pass must come before another.</summary>
public sealed record PassConstraint(string Before, string After, string Because);

/// <summary>Collects what passes have to say.</summary>
public sealed class PassContext
{
    public List<Diagnostic> Diagnostics { get; } = [];

    public void Report(DiagnosticDescriptor descriptor, params object[] values) => Diagnostics.Add(Diagnostic.Create(descriptor, values));
}
