using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace McuNet.Package.Tests;

/// <summary>The package of templates, packed as McuNet.Build is, and installed where <c>dotnet new</c> of the tests alone looks.</summary>
public sealed class TemplateHive
{
    private readonly PackageFeed _feed;

    private TemplateHive(PackageFeed feed)
    {
        _feed = feed;
        feed.Pack("McuNet.Templates");
        PackageFile = Directory.GetFiles(feed.FeedDirectory, "McuNet.Templates.*.nupkg").Single();
        New(feed.Root, "install", PackageFile);
    }

    public string PackageFile { get; }

    /// <summary>One for each feed: packing and installing take seconds.</summary>
    public static TemplateHive Of(PackageFeed feed) => feed.Templates ??= new(feed);

    /// <summary>A new project; its folder has the name of the project.</summary>
    /// <param name="template">Short name of a template.</param>
    /// <param name="arguments">More of the command line, such as <c>--model net.onnx</c>.</param>
    public string Create(string template, string name, params string[] arguments)
    {
        var folder = Path.Combine(_feed.NewDirectory(), name);
        New(_feed.Root, [template, "--no-update-check", "-n", name, "-o", folder, .. arguments]);
        return folder;
    }

    private void New(string folder, params string[] arguments) =>
        DotNet
            .Run(
                folder,
                new Dictionary<string, string>(_feed.Environment) { ["DOTNET_CLI_HOME"] = Path.Combine(_feed.Root, "home") },
                ["new", .. arguments, "--debug:custom-hive", Path.Combine(_feed.Root, "hive")]
            )
            .Succeed();
}
