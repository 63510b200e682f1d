using System.Collections.Generic;

namespace McuNet.Options;

/// <summary>One metadata of a <c>McuModel</c> item.</summary>
public sealed record ModelOption
{
    /// <summary>Of the metadata.</summary>
    public required string Name { get; init; }

    /// <summary>Where an IDE lists it: Model or Budget.</summary>
    public required string Category { get; init; }

    /// <summary>Its label there.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A sentence beside the label.</summary>
    public required string Description { get; init; }

    /// <summary>The project's property from which an item without it takes its value; null for none.</summary>
    public string? Property { get; init; }

    /// <summary>The option of <c>mcunet compile</c> that takes the value as it is; null where the task does something with it.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether <c>mcunet verify</c> takes the argument too: it decides what runs, not how files hold it.</summary>
    public bool DecidesSchedule { get; init; }

    /// <summary>The only values, first the default; empty where any text goes on to the command line, which checks it.</summary>
    public IReadOnlyList<OptionValue> Values { get; init; } = [];

    /// <summary>What a value must look like, for numbers with units; null for other texts.</summary>
    public OptionQuantity? Quantity { get; init; }

    /// <summary>What holds without it, for docs/msbuild.md.</summary>
    public required string Default { get; init; }

    /// <summary>For docs/msbuild.md.</summary>
    public required string Meaning { get; init; }
}

/// <param name="DisplayName">Its label in an IDE.</param>
public sealed record OptionValue(string Name, string DisplayName);
