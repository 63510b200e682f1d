using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace McuNet.Conformance.Suite;

/// <summary>The part of docs/operators.md that tells how many cases of ONNX's own suite pass, and what the others are refused
/// for.</summary>
internal static partial class SuiteReport
{
    public const string Title = "\n## ONNX's own suite\n";

    private const int MostLetters = 110;

    public static string Text(SuiteResult[] strict, SuiteResult[] bound)
    {
        var text = new StringBuilder(Title).Append(
            """

            Node cases of Debian's libonnx-testdata (`build/onnx-suite.sh`; this part is made by it, `MCUNET_REGENERATE=1` writes it anew). Ordinary: between float32 tensors of up to four fixed dimensions. Bound: where a case is refused
            as it stands, with operands behind the first, or the second, as constants of the model.

            | cases | passed | refused | by another rule |
            | --- | ---: | ---: | ---: |

            """
        );
        foreach (
            var (name, results) in new[]
            {
                ("ordinary, as they stand", Ordinary(strict)),
                ("ordinary, bound", Ordinary(bound)),
                ("all, as they stand", strict),
                ("all, bound", bound),
            }
        )
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {Count(results, SuiteVerdict.Passed)} | {Count(results, SuiteVerdict.Refused)} | {Count(results, SuiteVerdict.Wrong)} |\n"
            );
        text.Append("\nWhat cases are refused for, bound:\n\n| cases | ordinary | reason |\n| ---: | ---: | --- |\n");
        var refused = bound
            .Where(r => r.Verdict == SuiteVerdict.Refused)
            .GroupBy(r => Reason(r.Reason))
            .Select(g => (g.Key, All: g.Count(), Ordinary: Ordinary(g).Length));
        foreach (var (reason, all, ordinary) in refused.OrderByDescending(r => r.All).ThenBy(r => r.Key, System.StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {all} | {ordinary} | {reason} |\n");
        return text.ToString();
    }

    private static int Count(IEnumerable<SuiteResult> results, SuiteVerdict verdict) => results.Count(r => r.Verdict == verdict);

    public static SuiteResult[] Ordinary(IEnumerable<SuiteResult> results) =>
        [.. results.Where(r => SuiteCase.Read(r.Case) is { IsOrdinary: true })];

    /// <summary>A diagnostic without the names in it.</summary>
    private static string Reason(string text)
    {
        var reason = Quoted()
            .Replace(OperatorAlone().Replace(text.Split(" | ")[0], "an operator that is not supported: $1"), "…")
            .Replace("_", "\\_", System.StringComparison.Ordinal);
        return reason.Length > MostLetters ? $"{reason[..MostLetters].TrimEnd()} …" : reason;
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"Node '[^']*' uses operator (\w+) .*")]
    private static partial Regex OperatorAlone();
}
