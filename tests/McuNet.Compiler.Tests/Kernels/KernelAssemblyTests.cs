using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>
/// Assembly in kernels can be read, and tells the compiler what it does: operands and labels have names, fields of structs are reached by
/// their offset or in an order that is asserted, and the stack is the compiler's.
/// </summary>
public sealed class KernelAssemblyTests
{
    [Fact]
    public void Sources_Assembly_NamesWhatItUses() =>
        Assert.Empty(KernelText.Sources.SelectMany(s => Faults(KernelText.Of(s)).Select(f => $"{s}: {f}")));

    [Theory]
    [InlineData("__asm(\"ssat %0, #8, %0\" : \"+r\"(x));", "operand %0")]
    [InlineData("__asm(\"2:\\n subs r1, r1, #1\\n bne 2b\\n\" : : : \"r1\", \"cc\");", "label 2:")]
    [InlineData("__asm(\"b 12f\\n\");", "label 12f")]
    [InlineData("__asm(\"push {r4-r11, lr}\\n nop\\n\");", "stack push")]
    [InlineData("__asm(\"stmdb sp!, {r4}\\n\");", "stack sp")]
    [InlineData("register const mn_dot *r0 __asm(\"r0\") = d;\n__asm(\"ldr r1, [%[d], #44]\\n\" : [d] \"+r\"(r0));", "offset [%[d], #44]")]
    [InlineData(
        "register const mn_dot *r0 __asm(\"r0\") = d;\n__asm(\"vmov s15, %[d]\\n vmov lr, s15\\n ldr r1, [lr, #44]\\n\" : [d] \"+r\"(r0));",
        "offset [lr, #44]"
    )]
    [InlineData("register const mn_dot *r0 __asm(\"r0\") = d;\n__asm(\"ldr r1, [r0, #44]\\n\" : \"+r\"(r0));", "operand without a name")]
    [InlineData("register const mn_dot *r0 __asm(\"r0\") = d;\n__asm(\"vldmia %[d], {s0-s9}\\n\" : [d] \"+r\"(r0));", "order of mn_dot")]
    [InlineData(
        "__asm(\".La%=: subs %[n], %[n], #1\\n add %[x], %[x], %[y]\\n\" : [n] \"+r\"(n), [x] \"+&r\"(x) : [y] \"r\"(y));",
        "shared register [n] \"+r\""
    )]
    public void Faults_OfEachKind_AreFound(string text, string fault) => Assert.Equal([fault], Faults(text));

    private static IEnumerable<string> Faults(string source)
    {
        var text = Strings(source);
        foreach (var operand in Matches(text, @"%\d"))
            yield return "operand " + operand;
        foreach (var label in Matches(text, @"(?m)^ *\d+:|(?<=\bb\w*(?:\.[wn])? +|\badr(?:\.w)? +\w+, *)\d+[bf]\b").Take(1))
            yield return "label " + label;
        foreach (var stack in Matches(text, @"\b(push|pop|sp)\b").Take(1))
            yield return "stack " + stack;
        foreach (var operand in Shared(source))
            yield return "shared register " + operand;
        foreach (Match pointer in Regex.Matches(source, @"register (?:const )?(mn_\w+) \*(\w+) __asm"))
        {
            var (type, variable) = (pointer.Groups[1].Value, pointer.Groups[2].Value);
            var names = Regex
                .Matches(source, $@"\[(\w+)\] ""\+r""\({variable}\)")
                .Select(m => $"%[{m.Groups[1].Value}]")
                .ToHashSet(StringComparer.Ordinal);
            if (names.Count == 0)
                yield return "operand without a name";
            if (
                names.Any(n => Regex.IsMatch(text, $@"ldm(ia)? {Regex.Escape(n)}"))
                && !source.Contains($"_Static_assert(offsetof({type}, ", StringComparison.Ordinal)
            )
                yield return "order of " + type;
            foreach (
                var offset in names
                    .SelectMany(n => Matches(text, $@"\[{Regex.Escape(n)}, #\d+\]"))
                    .Concat(Offsets(Block(source[pointer.Index..]), names))
                    .Distinct()
            )
                yield return "offset " + offset;
        }
    }

    /// <summary>
    /// Operands that several instructions write while an input is still to be read. Without `&amp;` GCC may give both one register where it
    /// finds that they begin with one value.
    /// </summary>
    private static IEnumerable<string> Shared(string source)
    {
        foreach (
            Match statement in Regex.Matches(
                source,
                @"__asm(?: volatile)?\s*\((?<code>(?:[^"":;]|""[^""]*"")*):(?<outputs>(?:[^"":;]|""[^""]*"")*):(?<inputs>(?:[^"":;]|""[^""]*"")*)"
            )
        )
        {
            var instructions = Strings(statement.Groups["code"].Value).Split('\n').Count(l => l.Trim().Length > 0);
            if (instructions > 1 && Regex.IsMatch(statement.Groups["inputs"].Value, @"""[^""i]+"""))
            {
                foreach (var operand in Matches(statement.Groups["outputs"].Value, @"\[\w+\] ""[+=][^&""]+"""))
                    yield return operand;
            }
        }
    }

    /// <summary>The strings of the block in which a pointer is declared, macros aside.</summary>
    private static string Block(string source) =>
        Strings(Regex.Match(source, @"^.*?\);\s*(\\\s*)?(\}|\(void\)|$)", RegexOptions.Singleline).Value);

    /// <summary>Places at a number of bytes from a pointer, or from a register that it is moved to.</summary>
    private static IEnumerable<string> Offsets(string text, IEnumerable<string> pointers)
    {
        var known = pointers.ToHashSet(StringComparer.Ordinal);
        while (
            Regex
                .Matches(text, @"\bv?mov (\w+), (%\[\w+\]|\w+)")
                .Count(m => known.Contains(m.Groups[2].Value) && known.Add(m.Groups[1].Value)) > 0
        ) { }
        return known.SelectMany(p => Matches(text, $@"\[{Regex.Escape(p)}, #\d+\]"));
    }

    private static string Strings(string source) =>
        string.Join(
            '\n',
            Regex
                .Matches(Regex.Replace(source, @"/\*.*?\*/", "", RegexOptions.Singleline), "\"([^\"]*)\"")
                .Select(m => m.Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal))
        );

    private static IEnumerable<string> Matches(string text, string pattern) =>
        Regex.Matches(text, pattern).Select(m => m.Value.Trim()).Distinct();
}
