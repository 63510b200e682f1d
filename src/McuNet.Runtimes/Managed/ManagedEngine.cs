using System;
using System.Reflection;

namespace McuNet.Runtimes.Managed;

/// <summary>Delegates into the compiled assembly, through a class compiled along with it so that calls cost and allocate nothing.</summary>
internal sealed class ManagedEngine : IManagedEngine
{
    private const string AdapterClass = "McuNetAdapter";
    private readonly Type _adapter;
    private readonly Action<sbyte[], int[]>? _run;
    private readonly Action<sbyte[]>? _reset;

    public ManagedEngine(Assembly assembly, bool streams)
    {
        _adapter = assembly.GetType(AdapterClass, throwOnError: true)!;
        StreamsInput = streams;
        ArenaBytes = (int)_adapter.GetField("ArenaBytes")!.GetRawConstantValue()!;
        AccumulatorWords = (int)_adapter.GetField("AccumulatorWords")!.GetRawConstantValue()!;
        _reset = _adapter.GetMethod("Reset")?.CreateDelegate<Action<sbyte[]>>();
        if (!streams)
            _run = _adapter.GetMethod("Run")!.CreateDelegate<Action<sbyte[], int[]>>();
    }

    public int ArenaBytes { get; }

    public int AccumulatorWords { get; }

    public bool StreamsInput { get; }

    public void Reset(sbyte[] arena) => (_reset ?? throw new InvalidOperationException("the engine keeps nothing"))(arena);

    public void Run(sbyte[] arena, int[] accumulators) =>
        (_run ?? throw new InvalidOperationException("the engine asks for rows"))(arena, accumulators);

    public Action<sbyte[], int[]> Bind(ManagedRowSource source) =>
        (Action<sbyte[], int[]>)_adapter.GetMethod("Bind")!.Invoke(null, [new Action<int, sbyte[], int>(source)])!;

    /// <param name="resets">Whether the engine keeps something between inferences.</param>
    public static string Adapter(string engine, bool streams, bool resets)
    {
        var source = engine[..^"Engine".Length] + "RowSource";
        var entry = streams
            ? $$"""
                  public static System.Action<sbyte[], int[]> Bind(System.Action<int, sbyte[], int> rows)
                  {
                      var source = new {{source}}(rows);
                      return (arena, words) => {{engine}}.InvokeRows(arena, words, source);
                  }
                """
            : $"    public static void Run(sbyte[] arena, int[] words) => {engine}.Invoke(arena, words);";
        return $$"""
            internal static class {{AdapterClass}}
            {
                public const int ArenaBytes = {{engine}}.ArenaBytes;
                public const int AccumulatorWords = {{engine}}.AccumulatorWords;
            {{entry}}
            {{(resets ? $"    public static void Reset(sbyte[] arena) => {engine}.Reset(arena);" : "")}}
            }
            """;
    }
}
