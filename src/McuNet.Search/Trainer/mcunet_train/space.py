"""Search spaces and architectures, and the layers that an architecture stands for."""

import hashlib
import json
import math
import random
from dataclasses import dataclass

from .errors import TrainerError


@dataclass(frozen=True)
class Conv:
    """A convolution with batch norm; kind is full, depthwise or pointwise."""

    name: str
    kind: str
    inputs: int
    outputs: int
    kernel: int
    stride: int
    activation: bool

    @property
    def groups(self):
        return self.outputs if self.kind == "depthwise" else 1

    @property
    def shape(self):
        """[O, I, kH, kW]"""
        return (self.outputs, self.inputs // self.groups, self.kernel, self.kernel)


@dataclass(frozen=True)
class Block:
    """Convolutions in sequence; a residual block adds its input to the result."""

    convs: tuple
    residual: bool


@dataclass(frozen=True)
class Network:
    """The layers of one architecture; average pooling and a dense classifier follow the blocks."""

    resolution: int
    blocks: tuple
    features: int
    classes: int

    def convs(self):
        return [conv for block in self.blocks for conv in block.convs]

    def macs(self):
        total, side = self.features * self.classes, self.resolution
        for conv in self.convs():
            side = (side + conv.stride - 1) // conv.stride
            total += side * side * math.prod(conv.shape)
        return total


class Space:
    """A search space as in its JSON file; sampling is seeded by the caller."""

    def __init__(self, source):
        self.source = source
        try:
            if source["version"] != 1:
                raise TrainerError("space-invalid", f"Search space version {source['version']} is not 1.")
            self.resolutions = sorted(source["resolutions"])
            self.widths = sorted(source["widths"])
            self.channels = source["input"]["channels"]
            self.classes = source["classes"]
            self.rounding = source["rounding"]
            self.ceiling = {"relu6": 6.0, "relu": None}[source.get("activation", "relu6")]
            self.stem = source["stem"]
            self.first = source["first"]
            self.stages = [{"width": [1.0], **stage} for stage in source["stages"]]
            self.head = source.get("head", {}).get("out", 0)
            self.residual = source["residual"]
            if self.residual not in ("after-first", "stride1-equal"):
                raise TrainerError("space-invalid", f"Residual rule '{self.residual}' is neither after-first nor stride1-equal.")
            lists = [self.resolutions, self.widths, self.stages, self.first["kernel"]]
            for stage in self.stages:
                lists += [stage[gene] for gene in ("depth", "kernel", "expand", "width")]
            if not all(lists):
                raise TrainerError("space-invalid", "The search space has an empty list of choices.")
        except (KeyError, TypeError, AttributeError) as problem:
            raise TrainerError("space-invalid", f"The search space lacks or misuses {problem}.") from problem

    @property
    def identity(self):
        """Hash of everything but the name."""
        return digest({key: value for key, value in self.source.items() if key != "name"})

    def round(self, value):
        divisor, minimum = self.rounding["divisor"], self.rounding["minimum"]
        rounded = max(minimum, math.floor((value + divisor / 2) / divisor) * divisor)
        return rounded + divisor if rounded < self.rounding["keep"] * value else rounded

    def largest(self):
        return self._choose(lambda options: max(options))

    def smallest(self):
        return self._choose(lambda options: min(options))

    def sample(self, generator: random.Random):
        return self._choose(generator.choice)

    def _choose(self, choose):
        """A stage of no blocks, which only the last can be, is not listed."""
        architecture = {"resolution": choose(self.resolutions), "width": choose(self.widths), "first": {"kernel": choose(self.first["kernel"])}, "stages": []}
        for stage in self.stages:
            width, depth = choose(stage["width"]), choose(stage["depth"])
            if depth == 0:
                continue
            blocks = [{"kernel": choose(stage["kernel"]), "expand": choose(stage["expand"])} for _ in range(depth)]
            architecture["stages"].append({"width": width, "blocks": blocks})
        return architecture

    def resolve(self, architecture):
        """The layers of an architecture; one that is not of this space is an error."""
        try:
            return self._resolve(architecture)
        except (KeyError, TypeError, AttributeError) as problem:
            raise TrainerError("architecture-invalid", f"The architecture lacks or misuses {problem}.") from problem

    def _resolve(self, architecture):
        resolution = demand("resolution", architecture["resolution"], self.resolutions)
        width = demand("width", architecture["width"], self.widths)
        left_out = len(self.stages) - len(architecture["stages"])
        if left_out not in ((0, 1) if 0 in self.stages[-1]["depth"] else (0,)):
            raise TrainerError("architecture-invalid", f"The architecture has {len(architecture['stages'])} stages, the space {len(self.stages)}.")
        stem, first = self.round(self.stem["out"] * width), self.round(self.first["out"] * width)
        kernel, stride = demand("first.kernel", architecture["first"]["kernel"], self.first["kernel"]), self.first["stride"]
        blocks = [
            Block((Conv("stem", "full", self.channels, stem, self.stem["kernel"], self.stem["stride"], True),), False),
            Block((Conv("first.depthwise", "depthwise", stem, stem, kernel, stride, True), Conv("first.project", "pointwise", stem, first, 1, 1, False)),
                  self.residual == "stride1-equal" and stride == 1 and stem == first),
        ]
        channels = first
        for s, (chosen, stage) in enumerate(zip(architecture["stages"], self.stages)):
            demand(f"stages[{s}].depth", len(chosen["blocks"]), stage["depth"])
            out = self.round(stage["out"] * demand(f"stages[{s}].width", chosen["width"], stage["width"]) * width)
            for b, genes in enumerate(chosen["blocks"]):
                place = f"stages[{s}].blocks[{b}]"
                kernel = demand(place + ".kernel", genes["kernel"], stage["kernel"])
                expand = demand(place + ".expand", genes["expand"], stage["expand"])
                blocks.append(self._block(f"stages.{s}.blocks.{b}", b, channels, out, kernel, expand, stage["stride"] if b == 0 else 1))
                channels = out
        if self.head:
            out = self.round(self.head * width)
            blocks.append(Block((Conv("head", "pointwise", channels, out, 1, 1, True),), False))
            channels = out
        return Network(resolution, tuple(blocks), channels, self.classes)

    def _block(self, name, index, inputs, outputs, kernel, expand, stride):
        expanded = inputs * expand
        residual = index > 0 if self.residual == "after-first" else stride == 1 and inputs == outputs
        expansion = (Conv(name + ".expand", "pointwise", inputs, expanded, 1, 1, True),) if expand > 1 else ()
        return Block(expansion + (
            Conv(name + ".depthwise", "depthwise", expanded, expanded, kernel, stride, True),
            Conv(name + ".project", "pointwise", expanded, outputs, 1, 1, False)), residual)

    def kernels(self, conv):
        """The kernel sizes that a convolution of this space may have, largest first."""
        if conv.kind != "depthwise":
            return [conv.kernel]
        options = self.first["kernel"] if conv.name.startswith("first.") else self.stages[int(conv.name.split(".")[1])]["kernel"]
        return sorted(set(options), reverse=True)


def demand(name, value, options):
    if value not in options:
        raise TrainerError("architecture-invalid", f"{name} is {value}; the space has {', '.join(map(str, options))}.")
    return value


def digest(value):
    """A short hash of a JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:16]
