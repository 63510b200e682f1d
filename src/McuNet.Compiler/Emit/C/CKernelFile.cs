using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// The kernels of a model as a source file and a header of their own, for firmware with several models. Every function that is visible
/// outside has a name that ends in a hash of all text that decides what it does, and is weak: of equal functions in the files of several
/// models the linker keeps one, functions of different versions live side by side, and models with the same kernels have the same file.
/// </summary>
internal sealed partial class CKernelFile
{
    private const int HashDigits = 8;
    private readonly DeviceProgram _program;
    private readonly ImmutableArray<(string Source, string Text)> _sources;
    private readonly ImmutableArray<(string Function, string Hash)> _functions;

    /// <param name="textOf">The text of an embedded source.</param>
    public CKernelFile(DeviceProgram program, Func<string, string> textOf)
    {
        _program = program;
        _sources = [.. program.Sources.Select(s => (s.Name, textOf(s.Name)))];
        var hashes = Hashes(_sources);
        _functions = [.. _sources.SelectMany((s, i) => Defined(s.Text).Select(f => (f, hashes[i])))];
        Name = "mcunet_kernels_" + Hash(string.Join('\0', _sources.Select(s => s.Source + '\0' + s.Text)));
    }

    /// <summary>Name of the files, and of the CMake target.</summary>
    public string Name { get; }

    /// <summary>Lines of a model's CMakeLists.txt that add the kernels, unless another model has added the same.</summary>
    public string CMakeUse() =>
        $"""
            if(NOT TARGET {Name})
              add_library({Name} STATIC {Name}.c)
              target_compile_features({Name} PUBLIC c_std_11)
              target_compile_options({Name} PRIVATE -O2 -ffunction-sections -fdata-sections)
            endif()
            target_link_libraries({_program.Name} PUBLIC {Name})

            """;

    public string Source()
    {
        var writer = new CodeWriter();
        writer.Line(
            $"""
            /*
             * Kernels that models call, from McuNet.Build. Compile it once, with -ffunction-sections, and link with --gc-sections. A name ends in a hash of the
             * text that decides what the function does. Functions are weak: of equal ones in several of these files the linker keeps one.
             */
            #define MN_SHARED_KERNELS
            """
        );
        foreach (var (function, hash) in _functions)
            writer.Line($"#define {function} {function}_{hash}");
        writer.Line();
        CCoreCheck.Write(writer, Name, _program);
        foreach (var (_, text) in _sources)
            writer.Verbatim(text);
        return writer.ToString();
    }

    /// <summary>What the model's own source file needs: parameter blocks and kernels.</summary>
    public string Header()
    {
        var writer = new CodeWriter();
        var hashes = _functions.ToDictionary(f => f.Function, f => f.Hash);
        var called = _program.Called.Select(l => l.Kernel).ToArray();
        writer.Line(
            $"""
            /* The kernels of {Name}.c that models call, and their parameter blocks, from McuNet.Build. */
            #ifndef {Name.ToUpperInvariant()}_H
            #define {Name.ToUpperInvariant()}_H

            #include <stddef.h>
            #include <stdint.h>

            """
        );
        var blocks = _sources.SelectMany(s => KernelText.Structs(s.Text)).ToDictionary(b => b.Name, b => b.Declaration);
        foreach (var type in called.Select(k => k.ParameterType).Distinct().Order(StringComparer.Ordinal))
            writer.Line(blocks[type] + "\n");
        var heads = _sources
            .SelectMany(s => Kernel().Matches(s.Text))
            .ToDictionary(h => h.Groups["name"].Value, h => h.Groups["head"].Value);
        foreach (var function in called.Select(k => k.Function).Distinct().Order(StringComparer.Ordinal))
            writer.Line($"#define {function} {function}_{hashes[function]}\n{heads[function]};\n");
        writer.Line("#endif");
        return writer.ToString();
    }

    /// <summary>By source: a hash of its text and of the text of all that it depends on.</summary>
    private static ImmutableArray<string> Hashes(ImmutableArray<(string Source, string Text)> sources)
    {
        var words = sources.Select(s => Word().Matches(Comment().Replace(s.Text, " ")).Select(m => m.Value).ToHashSet()).ToArray();
        var macros = sources.Select(s => Macro().Matches(s.Text).Select(m => m.Groups[1].Value).ToHashSet()).ToArray();
        var needed = new SortedSet<int>[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            needed[i] = [i];
            for (var before = 0; before < i; before++)
            {
                if (
                    words[i]
                        .Any(w => macros[before].Contains(w) || (words[before].Contains(w) && !words.Take(before).Any(b => b.Contains(w))))
                )
                    needed[i].UnionWith(needed[before]);
            }
        }
        return [.. needed.Select(n => Hash(string.Join('\0', n.Select(i => sources[i].Source + '\0' + sources[i].Text))))];
    }

    /// <summary>Functions that are not part of their callers: written as such, or brought by a macro that a line begins with.</summary>
    private static IEnumerable<string> Defined(string text) =>
        Function().Matches(text).Concat(FromMacro().Matches(text)).Select(m => m.Groups["name"].Value).Distinct();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:mn|MN)_\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^ *# *define (\w+)", RegexOptions.Multiline)]
    private static partial Regex Macro();

    [GeneratedRegex(@"\bMN_(?:SHARED|KERNEL) [\w *]*?(?<name>mn_\w+)\(")]
    private static partial Regex Function();

    [GeneratedRegex(@"^[A-Z]\w*\((?:MN_SHARED, )?(?<name>mn_\w+)", RegexOptions.Multiline)]
    private static partial Regex FromMacro();

    [GeneratedRegex(@"^MN_KERNEL (?<head>void (?<name>mn_\w+)\([^)]*\))", RegexOptions.Multiline)]
    private static partial Regex Kernel();
}
