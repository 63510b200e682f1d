using System.Collections.Generic;
using System.Linq;
using McuNet.Tests.Documents;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>The fenced blocks of the README and the pages of docs.</summary>
internal static class Documents
{
    public static IEnumerable<DocumentBlock> Blocks =>
        DocumentBlock.Pages(Workspace.Repository).SelectMany(d => DocumentBlock.Of(Workspace.Repository, d));

    /// <summary>Places of the blocks of a language, without those that say that nothing here can run them.</summary>
    public static TheoryData<string> Places(string language) =>
        [.. Blocks.Where(b => b.Language == language && !b.IsNotRun).Select(b => b.ToString())];

    public static DocumentBlock At(string place) => Blocks.Single(b => b.ToString() == place);
}
