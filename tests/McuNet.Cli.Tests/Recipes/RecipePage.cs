using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>A page of docs/recipes.</summary>
/// <param name="Commands">Lines of its blocks of shell commands, those that go on in the next line joined.</param>
/// <param name="Scripts">Its blocks of Python, each behind a line that names the file that it is.</param>
internal sealed record RecipePage(ImmutableArray<string> Commands, ImmutableArray<(string Name, string Text)> Scripts)
{
    private const string Fence = "```";
    private const string Link = "samples/recipes/";

    public static IEnumerable<RecipePage> All => Directory.GetFiles(Folder, "*.md").Select(Read);

    private static string Folder => Path.Combine(Workspace.Repository, "docs", "recipes");

    public static RecipePage Of(string name) => Read(Path.Combine(Folder, name + ".md"));

    private static RecipePage Read(string file)
    {
        var (commands, scripts, linked, language) = (new List<string>(), new List<(string, string)>(), "", "");
        var block = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal) && language.Length == 0)
            {
                (language, block) = (line[Fence.Length..] is { Length: > 0 } named ? named : "text", []);
            }
            else if (line == Fence)
            {
                var text = string.Join('\n', block);
                if (language == "sh")
                    commands.AddRange(text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries));
                if (language == "python")
                    scripts.Add((linked, text + "\n"));
                language = "";
            }
            else if (language.Length > 0)
            {
                block.Add(line);
            }
            else if (line.LastIndexOf(Link, StringComparison.Ordinal) is >= 0 and var at)
            {
                linked = line[(at + Link.Length)..].Split('`', ')', ']')[0];
            }
        }
        return new([.. commands], [.. scripts]);
    }
}
