"""Data set formats, splits, groups, resizing, augmentation."""

import gzip
import os
import unittest
import zipfile

import numpy as np
import torch

from fixtures import Folder, pictures
from mcunet_train import dataset, pixels
from mcunet_train.errors import TrainerError


class FormatTests(unittest.TestCase):
    def test_raw_idx_and_npz_of_the_same_images_are_equal(self):
        with Folder() as folder:
            x, y = pictures(400)
            with gzip.open(os.path.join(folder.path, "x.bin.gz"), "wb") as file:
                file.write(x.tobytes())
            y.tofile(os.path.join(folder.path, "y.bin"))
            with open(os.path.join(folder.path, "x.idx"), "wb") as file:
                file.write(bytes([0, 0, 8, 3]) + np.array([400, 16, 16], ">u4").tobytes() + x.tobytes())
            with open(os.path.join(folder.path, "y.idx"), "wb") as file:
                file.write(bytes([0, 0, 8, 1]) + np.array([400], ">u4").tobytes() + y.tobytes())
            common = {"version": 1, "validation": {"count": 100}, "augment": {"crop": 1}}
            raw = folder.write("raw.json", {**common, "format": "raw", "shape": [1, 16, 16], "train": {"images": "x.bin.gz", "labels": "y.bin"}})
            idx = folder.write("idx.json", {**common, "format": "idx", "train": {"images": "x.idx", "labels": "y.idx"}})
            npz = folder.write("npz.json", {**common, "format": "npz", "train": {"path": "train.npz"}})
            loaded = [dataset.load(path) for path in (raw, idx, npz)]
            self.assertEqual(len({data.identity for data in loaded}), 1)
            self.assertEqual([len(loaded[0].train), len(loaded[0].validation), len(loaded[0].test)], [300, 100, 0])

    def test_validation_images_are_not_trained_on(self):
        with Folder() as folder:
            data = dataset.load(folder.dataset)
            held = {image.numpy().tobytes() for image in data.validation.images}
            self.assertFalse(held & {image.numpy().tobytes() for image in data.train.images})

    def test_image_files_in_folder_and_zip_with_groups(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("Pillow is not installed")
        with Folder() as folder:
            archive = os.path.join(folder.path, "images.zip")
            with zipfile.ZipFile(archive, "w") as packed:
                for name, level in (("cat", 10), ("dog", 20), ("ship", 200), ("truck", 210)):
                    for split, count in (("train", 4), ("test", 2)):
                        for number in range(count):
                            path = os.path.join(folder.path, "all", split, name, f"{number}.png")
                            os.makedirs(os.path.dirname(path), exist_ok=True)
                            Image.fromarray(np.full((10, 12, 3), level + number, np.uint8)).save(path)
                            packed.write(path, f"{split}/{name}/{number}.png")
            form = {"version": 1, "format": "images", "size": [8, 8], "classes": [["cat", "dog"], ["truck"]], "validation": {"count": 3}}
            of = lambda path: {"train": {"path": path, "folder": "train"}, "test": {"path": path, "folder": "test"}}
            plain = dataset.load(folder.write("folder.json", {**form, **of("all")}))
            zipped = dataset.load(folder.write("zip.json", {**form, **of("images.zip")}), folder.path)
            cached = dataset.load(folder.write("zip.json", {**form, **of("images.zip")}), folder.path)
            self.assertEqual(plain.identity, zipped.identity)
            self.assertEqual(plain.identity, cached.identity)
            self.assertEqual(sum(name.startswith("images-") for name in os.listdir(folder.path)), 2)
            self.assertEqual(plain.classes, ("cat+dog", "truck"))
            self.assertEqual((len(plain.train) + len(plain.validation), len(plain.test)), (12, 6))
            self.assertEqual(plain.test.labels.tolist(), [0, 0, 0, 0, 1, 1])
            self.assertEqual(plain.test.images[-1].unique().tolist(), [211])

    def test_mistakes_are_named(self):
        with Folder() as folder:
            good = {"version": 1, "format": "npz", "train": {"path": "train.npz"}, "test": {"path": "test.npz"}}
            for change, message in (
                    ({"formt": "npz"}, "unknown field 'formt'"), ({"version": 2}, '"version": 1'), ({"format": "tar"}, "'tar' is not one of raw, idx, npz, images"),
                    ({"train": {"path": "none.npz"}}, "none.npz' cannot be read"), ({"train": {}}, "lacks or misuses 'path'"),
                    ({"classes": [[0, 1], [7]]}, "no class '7'"), ({"validation": {"count": 400}}, "leaves nothing")):
                with self.assertRaises(TrainerError) as caught:
                    dataset.load(folder.write("bad.json", {**good, **change}))
                self.assertEqual(caught.exception.code, "dataset-invalid")
                self.assertIn(message, caught.exception.message)


class PixelTests(unittest.TestCase):
    def test_resizing_is_torchs_anti_aliased_bilinear(self):
        images = torch.randint(0, 256, (3, 2, 32, 32), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
        for resolution in (8, 20, 24, 31, 48):
            expected = torch.nn.functional.interpolate(images.float(), (resolution, resolution), mode="bilinear", antialias=True, align_corners=False)
            self.assertLessEqual(float((pixels.resize(images, resolution).float() - expected).abs().max()), 0.501)

    def test_resizing_to_the_same_size_changes_nothing(self):
        images = torch.from_numpy(pictures(2)[0])
        self.assertTrue(torch.equal(pixels.resize(images, 16), images))

    def test_network_input_is_pixel_less_128_over_128(self):
        self.assertEqual(pixels.network_input(torch.tensor([[[[0, 128, 255]]]], dtype=torch.uint8)).flatten().tolist(), [-1.0, 0.0, 127 / 128])

    def test_augmentation_shifts_and_mirrors(self):
        images = torch.arange(64, dtype=torch.uint8).reshape(1, 1, 8, 8).repeat(200, 1, 1, 1)
        shifted = pixels.augment(images, 2, False, torch.Generator().manual_seed(0))
        padded = torch.nn.functional.pad(images[:1].float(), (2, 2, 2, 2), mode="replicate")[0, 0].to(torch.uint8)
        windows = {padded[y:y + 8, x:x + 8].numpy().tobytes() for y in range(5) for x in range(5)}
        self.assertEqual({image[0].contiguous().numpy().tobytes() for image in shifted}, windows)
        mirrored = pixels.augment(images, 0, True, torch.Generator().manual_seed(0))
        self.assertEqual({image.contiguous().numpy().tobytes() for image in mirrored}, {images[0].numpy().tobytes(), images[0].flip(2).contiguous().numpy().tobytes()})


if __name__ == "__main__":
    unittest.main()
