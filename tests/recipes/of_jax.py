"""uv run --isolated --with jax==0.10.2 python -m tests.recipes.of_jax"""

import jax
import numpy as np
from jax import numpy as jnp

from tests.recipes.proving import DIGITS, compare, in_new_folder

in_new_folder()


def logits(params, images):
    """784-30-10 with sigmoid neurons."""
    hidden = jax.nn.sigmoid(images @ params["hidden"]["w"] + params["hidden"]["b"])
    return hidden @ params["out"]["w"] + params["out"]["b"]


def loss(params, images, labels):
    """The mean cross-entropy."""
    shares = jax.nn.log_softmax(logits(params, images))
    return -jnp.mean(jnp.take_along_axis(shares, labels[:, None], axis=1))


one, two = jax.random.split(jax.random.key(0))
params = {
    "hidden": {"w": jax.random.normal(one, (784, 30)) * 0.03, "b": jnp.zeros(30)},
    "out": {"w": jax.random.normal(two, (30, 10)) * 0.2, "b": jnp.zeros(10)},
}
step = jax.jit(jax.grad(loss))
images, labels = jnp.array(DIGITS.train_images / 255), jnp.array(DIGITS.train_labels, jnp.int32)
for epoch in range(15):
    order = np.random.default_rng(epoch).permutation(len(images))
    for batch in np.array_split(order, 125):
        slope = step(params, images[batch], labels[batch])
        params = jax.tree.map(lambda each, change: each - 0.5 * change, params, slope)

# recipe
import jax
import numpy as np

# params: of a model with two layers, as nested dicts or lists (Flax: variables["params"])
np.savez("net.npz", *map(np.asarray, jax.tree.leaves(params)))
# end

own = jax.nn.softmax(logits(params, DIGITS.test_images / 255))
compare("net.npz", f"jax {jax.__version__}", np.asarray(own), "sigmoid")
