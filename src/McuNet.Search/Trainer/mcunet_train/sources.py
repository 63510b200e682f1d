"""Readers of data set files: each returns uint8 images [N, C, H, W] and labels, numbers or class names."""

import gzip
import io
import os
import zipfile

import numpy as np

from .errors import TrainerError

ENDINGS = (".jpg", ".jpeg", ".png", ".bmp")


def read_raw(path, labels, shape, layout):
    """Raw bytes, images one after the other, .gz allowed; shape is that of one image, [C, H, W], or [H, W, C] with layout nhwc."""
    data, answers = np.frombuffer(content(path), np.uint8), np.frombuffer(content(labels), np.uint8)
    size = int(np.prod(shape))
    if data.size != size * answers.size:
        raise TrainerError("dataset-invalid", f"'{path}' has {data.size} bytes; {answers.size} labels in '{labels}' times {shape} are {size * answers.size}.")
    return channels_first(data.reshape(-1, *shape), layout), answers


def read_idx(path, labels):
    """The format of the original MNIST files, .gz allowed."""
    return idx(path, 3)[:, None], idx(labels, 1)


def idx(path, dimensions):
    data = content(path)
    header = 4 + 4 * dimensions
    if len(data) < header or data[:4] != bytes([0, 0, 8, dimensions]):
        raise TrainerError("dataset-invalid", f"'{path}' is not an idx file of {dimensions} dimensions of bytes.")
    shape = np.frombuffer(data[4:header], ">u4").astype(int)
    if len(data) - header != int(np.prod(shape)):
        raise TrainerError("dataset-invalid", f"'{path}' has {len(data) - header} bytes of data; its header says {int(np.prod(shape))}.")
    return np.frombuffer(data[header:], np.uint8).reshape(shape)


def read_npz(path, images, labels, layout):
    """Arrays of an .npz file: uint8 images [N, C, H, W], [N, H, W, C] or [N, H, W], and labels."""
    try:
        with np.load(io.BytesIO(content(path)), allow_pickle=False) as arrays:
            x, y = arrays[images], arrays[labels]
    except (KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise TrainerError("dataset-invalid", f"'{path}' cannot be read as .npz: {problem}.") from problem
    if x.dtype != np.uint8 or x.ndim not in (3, 4) or len(x) != len(y):
        raise TrainerError("dataset-invalid", f"'{path}' must hold uint8 images [N, C, H, W], [N, H, W, C] or [N, H, W] and as many labels; it has {x.dtype} {list(x.shape)} and {len(y)}.")
    return (x[:, None] if x.ndim == 3 else channels_first(x, layout)), y.reshape(-1)


def read_images(path, folder, size, channels):
    """FOLDER/CLASS/* in a directory or zip file, resized to size [H, W]; labels are class names."""
    try:
        from PIL import Image
    except ImportError as problem:
        raise TrainerError("pillow-missing", "Image files need Pillow: apt-get install python3-pil, or pip install pillow.") from problem
    images, labels = [], []
    for name, data in image_files(path, folder):
        try:
            with Image.open(io.BytesIO(data)) as image:
                image = image.convert("L" if channels == 1 else "RGB")
                if image.size != (size[1], size[0]):
                    image = image.resize((size[1], size[0]), Image.BILINEAR)
                images.append(np.asarray(image))
        except OSError as problem:
            raise TrainerError("dataset-invalid", f"'{name}' in '{path}' is no image: {problem}.") from problem
        labels.append(name.split("/")[-2])
    if not images:
        raise TrainerError("dataset-invalid", f"'{path}' has no images as {folder or '.'}/CLASS/*.jpg or .png.")
    stacked = np.stack(images)
    return np.ascontiguousarray(stacked[:, None] if channels == 1 else stacked.transpose(0, 3, 1, 2)), np.array(labels)


def image_files(path, folder):
    """(CLASS/FILE with its path, bytes) in the order of names."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            prefix = folder + "/" if folder else ""
            for name in sorted(archive.namelist()):
                if name.startswith(prefix) and name.lower().endswith(ENDINGS) and name[len(prefix):].count("/") == 1:
                    yield name, archive.read(name)
        return
    root = os.path.join(path, folder) if folder else path
    if not os.path.isdir(root):
        raise TrainerError("dataset-invalid", f"There is no folder '{root}'.")
    for group in sorted(entry.name for entry in os.scandir(root) if entry.is_dir()):
        for name in sorted(os.listdir(os.path.join(root, group))):
            if name.lower().endswith(ENDINGS):
                with open(os.path.join(root, group, name), "rb") as file:
                    yield f"{group}/{name}", file.read()


def content(path):
    try:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            return file.read()
    except (OSError, EOFError) as problem:
        raise TrainerError("dataset-invalid", f"'{path}' cannot be read: {getattr(problem, 'strerror', None) or problem}.") from problem


def channels_first(images, layout):
    if layout not in ("nchw", "nhwc"):
        raise TrainerError("dataset-invalid", f"Layout '{layout}' is neither nchw nor nhwc.")
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2)) if layout == "nhwc" else images
