using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Programs;

/// <summary>
/// What one target runs, as data: layer calls with every row reference resolved, the order of calls, constants, memory and ports. Generated
/// files are printed from it, and printers decide nothing.
///
///   CompiledModel --ProgramBuilder--> DeviceProgram (C)  --> .c, .h, CMakeLists.txt
///                                     DeviceProgram (C#) --> .g.cs           both --> manifest
/// </summary>
public sealed record DeviceProgram
{
    /// <summary>Lower-case C identifier; prefix of everything in the generated C.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the network, for people.</summary>
    public required string Title { get; init; }

    /// <summary>By number.</summary>
    public required ImmutableArray<LayerCall> Layers { get; init; }

    /// <summary>What runs when.</summary>
    public required CallSequence Calls { get; init; }

    public required ConstantPool Constants { get; init; }

    /// <summary>Sources of the kernels and of what layer functions need beside them, in the order in which they are written.</summary>
    public required ImmutableArray<ProgramSource> Sources { get; init; }

    public required ImmutableArray<ProgramPort> Inputs { get; init; }

    public required ImmutableArray<ProgramPort> Outputs { get; init; }

    /// <summary>What lasts from one inference to the next, in the order in which the states were declared.</summary>
    public ImmutableArray<ProgramState> States { get; init; } = [];

    /// <summary>The input that takes the new rows of a window, its port an index of <see cref="Inputs"/>; null where inputs are
    /// whole.</summary>
    public SlidingInput? Sliding { get; init; }

    /// <summary>The states that an inference brings to their places last.</summary>
    public IEnumerable<ProgramState> CopiedStates => States.Where(s => s.IsCopied);

    /// <summary>The places of all that the model file calls an input, in its order.</summary>
    public required ImmutableArray<PortPlace> ModelInputs { get; init; }

    /// <summary>The same of outputs.</summary>
    public required ImmutableArray<PortPlace> ModelOutputs { get; init; }

    public required ProgramMemory Memory { get; init; }

    public required ProgramWork Work { get; init; }

    /// <summary>How the application delivers the rows of the input; null where all of it lies in the arena before an inference.</summary>
    public RowDelivery? Delivery { get; init; }

    /// <summary>The inference in pieces; null where it only ever runs as a whole.</summary>
    public ProgramPieces? Pieces { get; init; }

    /// <summary>Name of the arena that the model shares with others that never run at the same time, or null.</summary>
    public string? SharedArena { get; init; }

    public WeightStorage WeightStorage { get; init; }

    public KernelLinkage KernelLinkage { get; init; }

    /// <summary>The layers that call a kernel.</summary>
    public IEnumerable<LayerCall> Called => Layers.Where(l => !l.IsDelivery);

    /// <summary>The layers whose steps the table holds.</summary>
    public IEnumerable<LayerCall> InTable => Called.Where(l => l.Part is null);
}

/// <summary>An input or output of a program.</summary>
/// <param name="Dims">Shape in the order of the model file.</param>
/// <param name="Buffer">A ring where the input is streamed.</param>
/// <param name="Pixels">How bytes of an image are stored in it, where that is known.</param>
public sealed record ProgramPort(string Name, ImmutableArray<int> Dims, TensorBuffer Buffer, bool IsStreamed, PixelMapping? Pixels = null)
{
    public TensorType Type => Buffer.Type;
}

/// <summary>What lasts from one inference to the next: <see cref="Begin"/> is what an inference reads, and when it is over its place holds
/// what the next one reads.</summary>
/// <param name="End">The output as the model names it. Where its place is another, an inference copies it last.</param>
public sealed record ProgramState(ProgramPort Begin, ProgramPort End)
{
    /// <summary>The byte that all bytes of the state are before the first inference: that of the real number 0.</summary>
    public byte StartByte => Begin.Type.ZeroByte;

    /// <summary>Whether it is rows of a tensor, and no input and output of the model.</summary>
    public bool KeepsRows { get; init; }

    public bool IsCopied => Begin.Buffer.Offset != End.Buffer.Offset;
}

/// <summary>Where an input or output of the model file is, and what the C that gives its place is called: <c>input0</c>, <c>output0</c>,
/// <c>state0</c>.</summary>
public sealed record PortPlace(string Accessor, ProgramPort Port);

/// <summary>Memory that an inference writes, but for its stack.</summary>
/// <param name="ArenaBytes">Size of the arena.</param>
/// <param name="Arena">How the arena was planned.</param>
/// <param name="Words">The array of words of a target that keeps in the arena only bytes; null for others.</param>
public sealed record ProgramMemory(int ArenaBytes, ArenaReport Arena, WordArray? Words);

/// <summary>What the planner says of an arena.</summary>
/// <param name="ProvedOptimal">No smaller arena exists for the schedule.</param>
/// <param name="LowerBound">No arena for the schedule can be smaller, in bytes.</param>
/// <param name="WeightBytes">Those at its end that hold nothing but weights.</param>
/// <param name="AtPeak">What lives when most bytes do, largest first.</param>
public sealed record ArenaReport(bool ProvedOptimal, int LowerBound, int WeightBytes, ImmutableArray<PeakShare> AtPeak);

/// <summary>32-bit words beside the arena: offsets of rows to read, the next step of each layer, accumulators.</summary>
/// <param name="Count">Words in all.</param>
/// <param name="NextSteps">The first word of the layers' next steps, one by layer and one for a streamed input.</param>
public sealed record WordArray(int Count, int NextSteps);

/// <summary>What an inference computes.</summary>
/// <param name="Macs">Multiply-accumulates as it runs.</param>
/// <param name="NetworkMacs">Those of the network as given: fewer where bands of columns overlap.</param>
/// <param name="Segments">Runs of layers that take turns.</param>
/// <param name="Cycles">Estimated, on the device.</param>
public sealed record ProgramWork(long Macs, long NetworkMacs, double MacFactor, int Segments, double Cycles);

/// <summary>Rows of the input that the application delivers.</summary>
/// <param name="Passes">How often an inference goes through them.</param>
/// <param name="Places">Numbers that stand for deliveries in the table of steps, and where their rows go.</param>
public sealed record RowDelivery(int Passes, ImmutableArray<(int Number, TensorBuffer Buffer)> Places);

/// <summary>An inference cut into pieces between which it may stop.</summary>
/// <param name="LongestCycles">Estimated cycles of the longest.</param>
public sealed record ProgramPieces(int Count, double LongestCycles);

/// <summary>A source of kernels.</summary>
/// <param name="Name">As embedded.</param>
/// <param name="IsInlined">Whether it holds the kernel of one layer alone, which becomes part of that layer's function, where its
/// parameters are constants.</param>
/// <param name="IsBasic">Whether layer functions need it, whatever kernels they call.</param>
public sealed record ProgramSource(string Name, bool IsInlined, bool IsBasic);
