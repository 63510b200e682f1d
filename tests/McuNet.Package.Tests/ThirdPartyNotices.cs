using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>The list of other people's assemblies in a package, with the licences that their own packages state.</summary>
internal static class ThirdPartyNotices
{
    /// <summary>Licences whose text the list gives; MIT's is that of this project's LICENSE without the first lines.</summary>
    private static readonly string[] Known = ["MIT", "Unlicense OR MIT", "BSD-3-Clause"];

    /// <summary>The text without the copyright, which the table has.</summary>
    private const string Bsd = """

        ## BSD-3-Clause

        Redistribution and use in source and binary forms, with or without
        modification, are permitted provided that the following conditions are met:

        1. Redistributions of source code must retain the above copyright notice,
           this list of conditions and the following disclaimer.

        2. Redistributions in binary form must reproduce the above copyright notice,
           this list of conditions and the following disclaimer in the documentation
           and/or other materials provided with the distribution.

        3. Neither the name of the copyright holder nor the names of its contributors
           may be used to endorse or promote products derived from this software
           without specific prior written permission.

        THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
        AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
        IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
        DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
        FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
        DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
        SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
        CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
        OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
        OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

        """;

    /// <param name="folder">Of the package, with the program and its <c>mcunet.deps.json</c>.</param>
    public static string Of(ZipArchive package, string folder)
    {
        using var reader = new StreamReader(package.GetEntry(folder + "mcunet.deps.json")!.Open());
        var dependencies = JsonNode.Parse(reader.ReadToEnd())!.AsObject();
        var rows = new List<(string Id, string Version, string[] Files)>();
        foreach (var (key, value) in dependencies["targets"]!.AsObject().Single().Value!.AsObject())
            if ((string)dependencies["libraries"]![key]!["type"]! == "package" && value!["runtime"] is JsonObject files)
                rows.Add((key.Split('/')[0], key.Split('/')[1], [.. files.Select(f => Path.GetFileName(f.Key))]));
        Assert.Equal(Foreign(package, folder), rows.SelectMany(r => r.Files).Order(StringComparer.Ordinal));

        var text = new StringBuilder(
            "# Notices of third parties\n\nThe packages McuNet.Build and McuNet.Cli hold these assemblies of others, unchanged.\n\n"
        );
        text.Append("| assembly | package | licence | copyright | from |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (id, version, files) in rows.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            var (licence, copyright, from) = Stated(id, version);
            Assert.Contains(licence, Known);
            text.Append($"| {string.Join(", ", files)} | {id} {version} | {licence} | {copyright} | {from} |\n");
        }
        var mit = File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot(), "LICENSE"));
        return text.Append("\n## MIT\n\n").Append(mit[mit.IndexOf("Permission is", StringComparison.Ordinal)..]).Append(Bsd).ToString();
    }

    private static IEnumerable<string> Foreign(ZipArchive package, string folder) =>
        from entry in package.Entries
        where entry.FullName.StartsWith(folder, StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)
        where entry.Name != "mcunet.dll" && !entry.Name.StartsWith("McuNet.", StringComparison.Ordinal)
        orderby entry.Name
        select entry.Name;

    private static (string Licence, string Copyright, string From) Stated(string id, string version)
    {
        var name = id.ToLowerInvariant();
        var folder = Path.Combine(PackageFeed.GlobalPackages, name, version);
        var data = XDocument.Load(Path.Combine(folder, name + ".nuspec")).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        XElement? Field(string field) => data.Elements().FirstOrDefault(e => e.Name.LocalName == field);
        string Text(string field) => Field(field)?.Value.Trim() ?? string.Empty;
        var licence =
            (string?)Field("license")?.Attribute("type") == "file" ? Heading(Path.Combine(folder, Text("license"))) : Text("license");
        var copyright = Text("copyright");
        return (licence, copyright.Length > 0 ? copyright : Text("authors"), Text("projectUrl"));
    }

    /// <summary>The name of the licence whose text a file holds.</summary>
    private static string Heading(string file) => File.ReadLines(file).First().Replace(" License", "", StringComparison.Ordinal);
}
