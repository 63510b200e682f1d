using System.Collections;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks.Tests;

/// <summary>An item with the metadata that MSBuild keeps for itself: the file that defines it.</summary>
internal sealed class DefinedItem(string include, string definingFile) : ITaskItem
{
    private readonly TaskItem _item = new(include);

    public string ItemSpec
    {
        get => _item.ItemSpec;
        set => _item.ItemSpec = value;
    }

    public ICollection MetadataNames => _item.MetadataNames;

    public int MetadataCount => _item.MetadataCount;

    public string GetMetadata(string metadataName) =>
        metadataName == "DefiningProjectFullPath" ? definingFile : _item.GetMetadata(metadataName);

    public void SetMetadata(string metadataName, string metadataValue) => _item.SetMetadata(metadataName, metadataValue);

    public void RemoveMetadata(string metadataName) => _item.RemoveMetadata(metadataName);

    public void CopyMetadataTo(ITaskItem destinationItem) => _item.CopyMetadataTo(destinationItem);

    public IDictionary CloneCustomMetadata() => _item.CloneCustomMetadata();
}
