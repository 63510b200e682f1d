using System.Text;

namespace McuNet.Manifest;

/// <summary>
/// The text form of a <see cref="ModelManifest"/>: UTF-8, LF, one <c>key value</c> per line in fixed order, so that equal
/// manifests give equal bytes.
/// </summary>
/// <remarks>
/// <code>
/// mcunet-manifest 1
/// name person
/// sram.arena 26240
/// input.0.dims 1 3 64 64
/// </code>
/// The first line is the version; a reader refuses any other. A value runs to the end of the line; in it, line feed,
/// carriage return and backslash are written <c>\n</c>, <c>\r</c> and <c>\\</c>. Readers ignore keys they do not know.
/// </remarks>
public static class ManifestText
{
    public const int Version = 1;

    internal const string Header = "mcunet-manifest";

    public static string Write(ModelManifest manifest) => ManifestWriter.Write(manifest);

    /// <summary>Reads a text, or says why it cannot be read.</summary>
    public static ManifestParseResult Parse(string text) => ManifestReader.Read(text);

    internal static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");

    internal static string Unescape(string value)
    {
        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                result.Append(value[i]);
                continue;
            }
            i++;
            result.Append(
                value[i] switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    var c => c,
                }
            );
        }
        return result.ToString();
    }
}

/// <summary>Either a manifest or the reason why there is none.</summary>
public sealed record ManifestParseResult(ModelManifest? Manifest, string? Problem);
