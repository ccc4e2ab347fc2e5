"""uv run python -m tests.recipes.of_scikit_learn"""

import joblib
import sklearn
from sklearn.neural_network import MLPClassifier

from tests.recipes.proving import DIGITS, compare, in_new_folder

in_new_folder()
model = MLPClassifier((30,), activation="tanh", random_state=0, early_stopping=True)
joblib.dump(model.fit(DIGITS.train_images / 255, DIGITS.train_labels), "net.joblib")

# recipe
import joblib
import numpy as np

model = joblib.load("net.joblib")  # an MLPClassifier with one hidden layer
np.savez("net.npz", *model.coefs_, *model.intercepts_)
# end

own = model.predict_proba(DIGITS.test_images / 255)
compare("net.npz", f"scikit-learn {sklearn.__version__}", own, "tanh")
