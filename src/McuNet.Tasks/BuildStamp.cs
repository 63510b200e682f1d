using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Files;

namespace McuNet.Tasks;

/// <summary>
/// Says whether outputs are up to date, by what files hold and never by their dates. Beside the outputs, <c>NAME.rsp</c> and
/// <c>NAME.inputs</c> hold what the build asks for now,
/// <c>NAME.files</c> lists what was written, <c>NAME.external</c> what was read beside what is asked for and what it held, and
/// <c>NAME.stamp</c> holds the fingerprint of what the outputs were made from. Invariant: the stamp is there only while all listed files
/// are, and were made from what is asked for now and what the external files hold now.
/// </summary>
/// <param name="Files">Path of these files without ending.</param>
internal sealed record BuildStamp(string Files)
{
    private string Response => Files + ".rsp";

    private string Inputs => Files + ".inputs";

    private string List => Files + ".files";

    private string External => Files + ".external";

    private string Stamp => Files + ".stamp";

    /// <summary>Writes what is asked for now, and removes a stamp that is of something else or whose files are gone.</summary>
    /// <returns>The fingerprint for <see cref="Set"/>.</returns>
    /// <exception cref="IOException">A file cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public string Ask(string response, string inputs)
    {
        var fingerprint = FileHashes.OfText(response + "\n" + inputs);
        if (!IsOf(fingerprint) && File.Exists(Stamp))
            File.Delete(Stamp);
        using var batch = new FileBatch();
        batch.Add(Response, response);
        batch.Add(Inputs, inputs);
        batch.Commit();
        return fingerprint;
    }

    /// <summary>Lists what was written and read, removes what an earlier run wrote and this one did not, and sets the stamp last.</summary>
    /// <exception cref="IOException">A file cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Set(string fingerprint, IReadOnlyList<string> files, IReadOnlyList<string> external)
    {
        var directory = Path.GetDirectoryName(Files)!;
        foreach (var stale in Listed().Except(files).ToArray())
            File.Delete(Path.Combine(directory, stale));
        using var batch = new FileBatch();
        batch.Add(List, string.Concat(files.Select(f => f + "\n")));
        var hashes = new FileHashes();
        batch.Add(External, string.Concat(external.Select(f => Line(hashes, f) + "\n")));
        batch.Add(Stamp, fingerprint + "\n");
        batch.Commit();
    }

    private bool IsOf(string fingerprint) =>
        File.Exists(Stamp)
        && File.ReadAllText(Stamp).Trim() == fingerprint
        && File.Exists(List)
        && Listed().All(f => File.Exists(Path.Combine(Path.GetDirectoryName(Files)!, f)))
        && ExternalFiles().All(f => f.Line == Line(new(), f.Path));

    /// <summary>What was read when the stamp was set.</summary>
    public IEnumerable<(string Line, string Path)> ExternalFiles() =>
        File.Exists(External) ? File.ReadAllLines(External).Select(l => (l, l.Substring(l.IndexOf('\t') + 1))) : [];

    private static string Line(FileHashes hashes, string file) => $"{hashes.Of(file)}\t{file}";

    private string[] Listed() => File.Exists(List) ? File.ReadAllLines(List) : [];
}
