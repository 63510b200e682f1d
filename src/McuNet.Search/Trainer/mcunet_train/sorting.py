"""After the first stage: channels in the order of the L1 norm of the weights that read them, so that the first n are the best n."""

import torch


@torch.no_grad()
def sort_channels(supernet):
    """Permutes channels; the largest network computes what it computed before."""
    streams, readers, writers = connect(supernet.network)
    parameters = supernet.parameters
    for stream in set(streams.values()):
        channels = parameters[writers[stream][0][0]].shape[0]
        importance = sum(norm(parameters, *reader)[:channels] for reader in readers[stream])
        order = torch.argsort(importance, descending=True, stable=True)
        for name, axis in readers[stream] + writers[stream]:
            parameter = parameters[name]
            index = torch.cat([order, torch.arange(len(order), parameter.shape[axis], device=order.device)])
            parameter.copy_(parameter.index_select(axis, index))


def norm(parameters, name, axis):
    weight = parameters[name]
    return weight.abs().sum([a for a in range(weight.dim()) if a != axis])


def connect(network):
    """
    Streams of channels that must keep one order: convolution name -> stream of its output; and per stream the tensors that read it and
    those that write it, as (parameter, axis). A depthwise convolution and a residual addition continue a stream.
    """
    streams, readers, writers = {}, {}, {}
    current = None
    for block in network.blocks:
        entry = current
        for conv in block.convs:
            last = conv is block.convs[-1]
            if conv.kind == "depthwise":
                target = current
            else:
                if current is not None:
                    readers[current].append((conv.name + ".weight", 1))
                target = entry if last and block.residual else conv.name
                if target not in readers:
                    readers[target], writers[target] = [], []
            writers[target] += [(conv.name + ".weight", 0), (conv.name + ".gamma", 0), (conv.name + ".beta", 0)]
            streams[conv.name] = current = target
    readers[current].append(("classifier.weight", 1))
    return streams, readers, writers
