using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evolution;

/// <summary>A network that fits, with the schedule that was chosen for it.</summary>
/// <param name="Input">Whether the schedule takes the image whole or row by row.</param>
/// <param name="Hash">Of its layers (<see cref="NetworkLayer.Hash"/>): networks that compute the same are one.</param>
public sealed record Candidate(Architecture Architecture, Resources Resources, InputMode Input, string Hash);

/// <summary>A candidate and how good it is; more is better.</summary>
public sealed record Scored(Candidate Candidate, double Score);
