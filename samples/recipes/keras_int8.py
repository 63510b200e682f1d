"""Trains a float network in Keras and writes it as int8: keras_int8.py digits.tflite. Needs TensorFlow 2.15 or later."""
import sys

import numpy
import tensorflow as tf
from tensorflow.keras import layers

(images, labels), test = tf.keras.datasets.mnist.load_data()


def prepared(pixels):
    return (pixels[..., numpy.newaxis].astype(numpy.float32) - 128) / 128


def block(filters, kernel, stride=1, depthwise=False):
    conv = layers.DepthwiseConv2D if depthwise else lambda *a, **k: layers.Conv2D(filters, *a, **k)
    pad = [layers.ZeroPadding2D(1)] if kernel == 3 else []
    return [*pad, conv(kernel, strides=stride, use_bias=False), layers.BatchNormalization(), layers.ReLU()]


net = tf.keras.Sequential([
    layers.Input((28, 28, 1), batch_size=1),
    *block(16, 3, stride=2),
    *block(16, 3, depthwise=True), *block(32, 1),
    *block(32, 3, stride=2, depthwise=True), *block(64, 1),
    *block(64, 3, depthwise=True), *block(64, 1),
    layers.GlobalAveragePooling2D(), layers.Dense(10)])
batched = tf.keras.Sequential(net.layers)
batched.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), ["accuracy"])
batched.fit(prepared(images), labels, batch_size=64, epochs=3)
print(batched.evaluate(prepared(test[0]), test[1]))

converter = tf.lite.TFLiteConverter.from_keras_model(net)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([i[numpy.newaxis]] for i in prepared(images[::120]))
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
converter.inference_input_type = converter.inference_output_type = tf.int8
with open(sys.argv[1], "wb") as file:
    file.write(converter.convert())
