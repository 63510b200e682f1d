"""Nested weights, kernel transforms, channel sorting, folding: exact or nearly exact equalities."""

import unittest

import torch

from fixtures import SPACE, Folder, samples, session
from mcunet_train import depthwise
from mcunet_train.forward import BatchNormalised, forward
from mcunet_train.measuring import accuracy_of, checked_fold, fold, folding_error, measure, recalibrate
from mcunet_train.sorting import sort_channels
from mcunet_train.space import Space
from mcunet_train.weights import Standalone, Supernet, to_device

CPU = torch.device("cpu")


def logits(space, network, weights, seed=0):
    x = torch.randn(4, 1, network.resolution, network.resolution, generator=torch.Generator().manual_seed(seed))
    return forward(network, x.contiguous(memory_format=torch.channels_last), BatchNormalised(weights, space.ceiling), weights.classifier)


class SpaceTests(unittest.TestCase):
    def test_paper_networks_have_the_published_macs(self):
        mobilenet = {
            "version": 1, "resolutions": [224], "widths": [1.0], "input": {"channels": 3}, "classes": 1000,
            "rounding": {"divisor": 8, "minimum": 8, "keep": 0.9}, "stem": {"out": 32, "kernel": 3, "stride": 2}, "first": {"out": 16, "kernel": [3], "stride": 1},
            "stages": [{"out": out, "stride": stride, "depth": [depth], "kernel": [3], "expand": [6]} for out, stride, depth in
                       ((24, 2, 2), (32, 2, 3), (64, 2, 4), (96, 1, 3), (160, 2, 3), (320, 1, 1))],
            "head": {"out": 1280}, "residual": "stride1-equal"}
        space = Space(mobilenet)
        network = space.resolve(space.largest())
        # Sandler et al. 2018: 300 million; torchvision's mobilenet_v2 counts 300,774,272.
        self.assertEqual(network.macs(), 300_774_272)
        self.assertEqual(sum(block.residual for block in network.blocks), 10)

    def test_expansion_of_one_has_no_expanding_convolution(self):
        space, _ = samples()
        smallest = space.resolve(space.smallest())
        self.assertEqual([conv.name for conv in smallest.convs()], ["stem", "first.depthwise", "first.project", "stages.0.blocks.0.depthwise", "stages.0.blocks.0.project"])


class NestingTests(unittest.TestCase):
    def test_weights_are_leading_channels_and_centre_of_the_kernel(self):
        space, architectures = samples(count=20)
        supernet = Supernet(space, 1)
        for architecture in architectures:
            for conv in space.resolve(architecture).convs():
                whole = supernet.parameters[conv.name + ".weight"]
                edge = (whole.shape[-1] - conv.kernel) // 2
                expected = whole[:conv.shape[0], :conv.shape[1], edge:edge + conv.kernel, edge:edge + conv.kernel]
                self.assertTrue(torch.equal(supernet.weight(conv), expected), conv.name)

    def test_learned_matrices_change_small_kernels_only(self):
        space, _ = samples()
        supernet = Supernet(space, 1)
        name = "stages.0.blocks.0.depthwise"
        supernet.parameters[name + ".to5"].copy_(torch.randn(25, 25, generator=torch.Generator().manual_seed(5)))
        supernet.parameters[name + ".to3"].copy_(torch.randn(9, 9, generator=torch.Generator().manual_seed(6)))
        whole = supernet.parameters[name + ".weight"]
        conv = next(c for c in supernet.network.convs() if c.name == name)
        five = (whole[:, 0, 1:6, 1:6].reshape(-1, 25) @ supernet.parameters[name + ".to5"].t()).reshape(-1, 1, 5, 5)
        three = (five[:, 0, 1:4, 1:4].reshape(-1, 9) @ supernet.parameters[name + ".to3"].t()).reshape(-1, 1, 3, 3)
        for kernel, expected in ((7, whole), (5, five), (3, three)):
            self.assertTrue(torch.equal(supernet.weight(type(conv)(**{**conv.__dict__, "kernel": kernel})), expected))

    def test_standalone_copy_computes_the_same(self):
        space, architectures = samples(count=5)
        supernet = Supernet(space, 1)
        for architecture in architectures:
            network = space.resolve(architecture)
            self.assertTrue(torch.equal(logits(space, network, supernet), logits(space, network, Standalone.copy(network, supernet))))

    def test_sorting_keeps_the_largest_network_and_orders_channels(self):
        for rule in ("after-first", "stride1-equal"):
            space = Space({**SPACE, "residual": rule})
            supernet = Supernet(space, 1)
            before = logits(space, supernet.network, supernet)
            sort_channels(supernet)
            self.assertTrue(torch.allclose(logits(space, supernet.network, supernet), before, atol=1e-5))
            readers = supernet.parameters["stages.0.blocks.0.project.weight"].abs().sum((0, 2, 3))
            self.assertTrue(torch.equal(readers, readers.sort(descending=True).values))


class DepthwiseTests(unittest.TestCase):
    def test_own_gradients_equal_those_of_conv2d(self):
        generator = torch.Generator().manual_seed(0)
        for kernel, stride, channels, side, images in ((5, 1, 6, 9, 3), (7, 1, 3, 5, 2), (5, 1, 40, 16, 60), (3, 1, 4, 8, 2), (5, 1, 6, 4, 3), (3, 2, 4, 7, 2), (5, 2, 4, 8, 2), (5, 2, 4, 3, 2)):
            x, weight = torch.randn(images, channels, side, side, generator=generator), torch.randn(channels, 1, kernel, kernel, generator=generator)
            pairs = []
            for convolve in (lambda a, b: depthwise.convolve(a, b, stride), lambda a, b: torch.conv2d(a, b, None, stride, kernel // 2, 1, channels)):
                inputs = [t.clone().contiguous(memory_format=torch.channels_last).requires_grad_() for t in (x, weight)]
                convolve(*inputs).pow(2).sum().backward()
                pairs.append([t.grad for t in inputs])
            for own, reference in zip(*pairs):
                self.assertLess(float((own - reference).abs().max() / reference.abs().max()), 1e-5)


class FoldingTests(unittest.TestCase):
    def test_folded_network_computes_what_the_calibrated_one_does(self):
        with Folder() as folder:
            made, _ = session(folder)
            made.train({"stage": "largest", "steps": 4, "batch": 32})
            for architecture in samples(count=4)[1]:
                network = made.space.resolve(architecture)
                tensors, difference = checked_fold(network, made.supernet, made.space, made.data, 0, CPU)
                self.assertLess(difference, 1e-5)
                self.assertEqual(accuracy_of(network, tensors, made.space, made.data.validation, CPU),
                                 measure(network, made.supernet, made.space, made.data, made.data.validation, 0, CPU))

    def test_a_wrong_fold_is_found(self):
        with Folder() as folder:
            made, _ = session(folder)
            network = made.supernet.network
            statistics = recalibrate(network, made.supernet, made.space, made.data, 0, CPU)
            tensors = fold(network, made.supernet, statistics)
            tensors["stem.bias"] = tensors["stem.bias"] + 0.1
            self.assertGreater(folding_error(network, made.supernet, made.space, statistics, tensors, made.data.validation.images[:8]), 1e-4)

    def test_recalibration_equals_the_mean_over_batches(self):
        with Folder() as folder:
            made, _ = session(folder)
            network = made.supernet.network
            from mcunet_train.measuring import CALIBRATION_BATCH, calibration_indices
            from mcunet_train.pixels import network_input, resize
            found = recalibrate(network, made.supernet, made.space, made.data, 0, CPU)["stem"]
            images = made.data.train.images[calibration_indices(made.data, 20 * CALIBRATION_BATCH, 0)]
            outputs = [torch.conv2d(network_input(resize(batch, 16)), made.supernet.parameters["stem.weight"], None, 2, 1) for batch in images.split(CALIBRATION_BATCH)]
            for own, expected in zip(found, (torch.stack([y.mean((0, 2, 3)) for y in outputs]).mean(0), torch.stack([y.var((0, 2, 3), unbiased=False) for y in outputs]).mean(0))):
                self.assertTrue(torch.allclose(own, expected, atol=1e-5))


class OptimizerTests(unittest.TestCase):
    def test_steps_equal_those_of_torch(self):
        from mcunet_train.training import Optimizer, Recipe
        generator = torch.Generator().manual_seed(0)
        own = {name: torch.randn(5, generator=generator).requires_grad_() for name in ("a.weight", "a.beta")}
        other = {name: t.detach().clone().requires_grad_() for name, t in own.items()}
        reference = torch.optim.SGD([{"params": [other["a.weight"]]}, {"params": [other["a.beta"]], "weight_decay": 0.0}], lr=0.1, momentum=0.9, weight_decay=4e-5)
        optimizer = Optimizer(own, Recipe(steps=1))
        for _ in range(3):
            for parameters in (own, other):
                for parameter in parameters.values():
                    parameter.grad = 2 * parameter.detach()
            optimizer.step(0.1)
            reference.step()
        for name in own:
            self.assertTrue(torch.allclose(own[name], other[name], atol=1e-6))


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
