"""KERAS_BACKEND=jax uv run --isolated --with keras==3.15.1 --with jax==0.10.2 python -m
tests.recipes.of_keras"""

import keras

from tests.recipes.proving import DIGITS, compare, in_new_folder

in_new_folder()
keras.utils.set_random_seed(0)
model = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(30, activation="relu"),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(DIGITS.train_images / 255, DIGITS.train_labels, epochs=10, verbose=0)
model.save("net.keras")

# recipe
import keras
import numpy as np

model = keras.models.load_model("net.keras")  # or .h5
np.savez("net.npz", *model.get_weights())
# end

own = model.predict(DIGITS.test_images / 255, verbose=0)
compare("net.npz", f"keras {keras.__version__} on {keras.backend.backend()}", own, "relu")
