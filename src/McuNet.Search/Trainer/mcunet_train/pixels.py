"""What happens to pixels between the data set and the network's input."""

import functools

import torch
import torch.nn.functional as F


def resize(images, resolution):
    """
    uint8 [N, C, H, W] -> uint8 [N, C, R, R]: bilinear with anti-aliasing. Each output pixel is the mean of the input under a triangle that is
    as wide as the scale (at least one pixel), centres at half-integer positions, rounded to whole grey levels, half to even.
    """
    height, width = images.shape[-2:]
    if height == resolution and width == resolution:
        return images
    rows, columns = (triangle(side, resolution, images.device) for side in (height, width))
    resized = along_last(along_last(images.float(), columns).transpose(2, 3), rows).transpose(2, 3)
    return resized.round_().clamp_(0, 255).to(torch.uint8)


def along_last(x, weights):
    """[N, C, A, B] and [R, B] -> [N, C, A, R]: the product over the last axis as a 1x1 convolution, which is fast without a BLAS library too."""
    pixels = x.reshape(1, -1, 1, x.shape[-1]).permute(0, 3, 1, 2)
    return F.conv2d(pixels, weights[:, :, None, None]).permute(0, 2, 3, 1).reshape(*x.shape[:-1], len(weights))


@functools.lru_cache(maxsize=None)
def triangle(source, target, device=torch.device("cpu")):
    """The weights [target, source] of one dimension; each row sums to 1. Kept, because a copy to a device waits for it."""
    scale = source / target
    support = max(scale, 1.0)
    centres = (torch.arange(target, dtype=torch.float64) + 0.5) * scale
    distance = (torch.arange(source, dtype=torch.float64) + 0.5)[None, :] - centres[:, None]
    weights = (1 - distance.abs() / support).clamp(min=0)
    return (weights / weights.sum(1, keepdim=True)).float().to(device)


def network_input(images):
    """uint8 -> float32 (pixel - 128) / 128, so that the int8 input of the quantised network is pixel - 128."""
    return (images.float() - 128).div_(128).contiguous(memory_format=torch.channels_last)


def augment(images, crop, flip, generator):
    """Shifts each image by up to `crop` pixels, edges repeated, and mirrors every second one; uint8 [N, C, H, W]."""
    count, _, height, width = images.shape
    if crop:
        padded = F.pad(images.float(), (crop, crop, crop, crop), mode="replicate").to(torch.uint8)
        top, left = (torch.randint(0, 2 * crop + 1, (count, 1), generator=generator).to(images.device, non_blocking=True) for _ in range(2))
        rows = top + torch.arange(height, device=images.device)
        columns = left + torch.arange(width, device=images.device)
        images = padded[torch.arange(count, device=images.device)[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)
    if flip:
        mirrored = (torch.rand(count, generator=generator) < 0.5).to(images.device, non_blocking=True)
        images = torch.where(mirrored[:, None, None, None], images.flip(3), images)
    return images
