using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace McuNet.Generator;

/// <summary>A manifest file as read, or the reason why it could not be.</summary>
/// <param name="IsPublic">Whether a class that nobody declares is public.</param>
/// <param name="Item">The item that declares the model, such as <c>App.csproj(12)</c>, or empty.</param>
/// <remarks>Invariant for this and the other inputs: plain values alone, so that equal inputs keep the generator's steps cached.</remarks>
internal sealed record ManifestInput(string Path, ModelManifest? Manifest, bool IsPublic, string Item, string? Problem);

/// <summary>What the project says about all façades.</summary>
/// <param name="HelpRoot">Directory of the help pages, or empty.</param>
internal sealed record ProjectInput(string RootNamespace, string HelpRoot);

/// <summary>A class with <c>[McuModel("…")]</c>, without its place, which every edit above it moves.</summary>
/// <param name="Problem">Why it cannot be completed, or null.</param>
internal sealed record ClassInput(string ModelName, string Namespace, string Name, string? Problem);

/// <summary>A class and the place of its attribute.</summary>
internal sealed record PlacedClass(ClassInput Class, Place Place);

/// <summary>A place in a file as plain values.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location)
    {
        var lines = location.GetLineSpan();
        return new(lines.Path, location.SourceSpan, lines.Span);
    }

    public static Place StartOf(string path) => new(path, default, default);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
