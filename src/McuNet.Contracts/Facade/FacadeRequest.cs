using McuNet.Manifest;

namespace McuNet.Facade;

/// <summary>Everything that decides the text of one façade.</summary>
/// <param name="Namespace">A valid namespace, or empty for the global one.</param>
/// <param name="ClassName">A valid identifier.</param>
/// <param name="IsPublic">Whether a class that nobody declares is public; else it is internal.</param>
/// <param name="Item">The item that declares the model, such as <c>App.csproj(12)</c>; empty where it is not known.</param>
/// <param name="Completes">The user declares the class; the façade is another part of it and repeats no modifier.</param>
internal sealed record FacadeRequest(
    ModelManifest Manifest,
    string Namespace,
    string ClassName,
    FacadeDialect Dialect,
    bool IsPublic = false,
    bool Completes = false,
    string Item = ""
);

/// <summary>Which library types a façade may use.</summary>
internal enum FacadeDialect
{
    /// <summary>Spans: .NET, and .NET Framework with System.Memory.</summary>
    Spans,

    /// <summary>Arrays alone, in C# 7.3: .NET nanoFramework.</summary>
    Arrays,
}
