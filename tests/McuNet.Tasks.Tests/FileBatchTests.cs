using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Files;
using McuNet.Tests;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class FileBatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet tests ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Commit_SeveralFiles_GivesNamesInOrderOnceAllAreWritten()
    {
        var points = new List<string>();
        using var batch = new FileBatch(point =>
        {
            points.Add(point);
            Assert.Equal(
                point.StartsWith("rename ", StringComparison.Ordinal) ? points.Count - 3 : 0,
                Names().Length - Temporaries().Length
            );
        });
        batch.Add(In("b"), "2222");
        batch.Add(In("a"), "1111");
        batch.Commit();
        Assert.Equal([$"write {In("b")}", $"write {In("a")}", $"rename {In("b")}", $"rename {In("a")}"], points);
        Assert.Equal(("1111", "2222"), (File.ReadAllText(In("a")), File.ReadAllText(In("b"))));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void Add_HalfWritten_LeavesTheFileAsItWas()
    {
        File.WriteAllText(In("a"), "before");
        var halves = new List<string>();
        FileBatch.Write(
            In("a"),
            "12345678"u8.ToArray(),
            point => halves.Add(point[0] == 'w' ? File.ReadAllText(In("a")) + Read(Temporaries().Single()) : "")
        );
        Assert.Equal(["before1234", ""], halves);
        Assert.Equal("12345678", File.ReadAllText(In("a")));
    }

    [Fact]
    public void Add_SameContent_IsNotTouched()
    {
        FileBatch.Write(In("a"), "same");
        File.SetLastWriteTimeUtc(In("a"), DateTime.UnixEpoch);
        FileBatch.Write(In("a"), "same");
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(In("a")));
        FileBatch.Write(In("a"), "SAME");
        Assert.Equal("SAME", File.ReadAllText(In("a")));
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        File.WriteAllText(In("a"), "before");
        Assert.Throws<IOException>(() =>
        {
            using var batch = new FileBatch(point => throw new IOException("no space left"));
            batch.Add(In("a"), "after");
        });
        using (var batch = new FileBatch())
            batch.Add(In("b"), "never");
        Assert.Equal(["a"], Names());
        Assert.Equal("before", File.ReadAllText(In("a")));
    }

    /// <summary>One cannot be replaced, because a folder has its name: what came before it is whole, it and what comes after are not
    /// there.</summary>
    [Fact]
    public void Commit_OneThatCannotBeReplaced_LeavesNoTemporaries()
    {
        Directory.CreateDirectory(In("b"));
        Assert.ThrowsAny<IOException>(() =>
        {
            using var batch = new FileBatch();
            foreach (var name in new[] { "a", "b", "c" })
                batch.Add(In(name), name);
            batch.Commit();
        });
        Assert.Equal(["a"], Names());
    }

    [Theory]
    [InlineData("a.0123abcd.new", false)]
    [InlineData("ab.0123abcd.new", true)]
    [InlineData("a.mine.new", true)]
    public void Add_LeftoverOfThatFile_IsRemoved(string leftover, bool stays)
    {
        File.WriteAllText(In(leftover), "half");
        FileBatch.Write(In("a"), "whole");
        Assert.Equal(stays, File.Exists(In(leftover)));
        Assert.Equal("whole", File.ReadAllText(In("a")));
    }

    [Fact]
    public void Add_TemporaryOfAnotherWriter_StaysUntilThatHasRenamedIt()
    {
        using var other = new FileBatch();
        other.Add(In("a"), "other");
        FileBatch.Write(In("a"), "first");
        Assert.Equal("first", File.ReadAllText(In("a")));
        other.Commit();
        Assert.Equal("other", File.ReadAllText(In("a")));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void Add_FolderThatIsMissing_IsMade()
    {
        FileBatch.Write(In("x/y/a"), "text");
        Assert.Equal("text", File.ReadAllText(In("x/y/a")));
    }

    /// <summary>A rename would put a plain file in the place of the device.</summary>
    [UnixFact]
    public void Write_Device_StaysADevice()
    {
        FileBatch.Write("/dev/null", "gone");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.ThrowsAny<IOException>(() => FileBatch.Write("/dev/full", "too much"));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string[] Names() => [.. Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private string[] Temporaries() => Directory.GetFiles(_folder, "*" + FileBatch.TemporaryEnding);

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd();
    }
}
