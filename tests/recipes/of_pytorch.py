"""uv run python -m tests.recipes.of_pytorch"""

import torch
from torch import nn

from tests.recipes.proving import DIGITS, compare, in_new_folder


def scaled(images):
    """As tutorials do: ToTensor, Normalize((0.1307,), (0.3081,))."""
    return (torch.tensor(images).float() / 255 - 0.1307) / 0.3081


in_new_folder()
torch.manual_seed(0)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 30), nn.ReLU(), nn.Linear(30, 10))
optimiser = torch.optim.Adam(model.parameters())
images, labels = scaled(DIGITS.train_images), torch.tensor(DIGITS.train_labels).long()
for _ in range(10):
    for batch in torch.randperm(len(images)).split(64):
        optimiser.zero_grad()
        nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
        optimiser.step()
torch.save(model.state_dict(), "net.pt")

# recipe
import torch
from safetensors.torch import save_file

state = torch.load("net.pt", weights_only=True)  # or model.state_dict()
save_file({name: each.contiguous() for name, each in state.items()}, "net.safetensors")
# end

with torch.no_grad():
    own = model(scaled(DIGITS.test_images)).softmax(dim=1).numpy()
compare("net.safetensors", f"torch {torch.__version__}", own, "relu")
