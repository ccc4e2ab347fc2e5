"""Downloads by way of torchvision's own data set classes. The only place that imports it.

torchvision knows the addresses and checksums. What goes over the wire passes through `Wire`,
because torchvision itself neither counts bytes for others nor ever gives up on a silent server.
"""

import contextlib
import functools
import http.client
import io
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from nnviz.data.catalogue import DATA_SETS, DataSet
from nnviz.data.digits import CLASS_NAMES, COLOUR_PARTS, PARTS
from nnviz.data.idx import idx_bytes
from nnviz.errors import Refusal, reason_in_words
from nnviz.paths import line_that_installs
from nnviz.words import plain, tr
from nnviz.writing import FULL, NotSaved, reason_of, write


class DownloadError(Refusal):
    """A data set was not downloaded; the message is one sentence for the user."""


class Silent(Exception):
    """The server sent nothing for too long; not an error that torchvision would try again on."""


class Wire(urllib.request.OpenerDirector):
    """What urllib opens addresses with: counts bytes, gives up on silence, notes what failed."""

    def __init__(self, patience: float, report: Callable[[int], None]) -> None:
        super().__init__()
        self._opener = urllib.request.build_opener()
        self._patience = patience
        self._report = report
        self._complete = 0
        self.problem = ""
        self.host = self.file = ""

    def open(self, fullurl: Any, data: Any = None, timeout: float | None = None) -> Any:  # noqa: ARG002 - ours is in force
        address = urlsplit(fullurl if isinstance(fullurl, str) else fullurl.full_url)
        self.host, self.file = address.hostname or "", os.path.basename(address.path)
        self.problem = ""
        try:
            response = self._opener.open(fullurl, data, self._patience)
        except TimeoutError:
            raise Silent from None
        except urllib.error.HTTPError as error:
            error.close()
            self.problem = tr(
                "{host} answers {code} ({reason})",
                host=self.host,
                code=error.code,
                reason=str(error.reason),
            )
            raise
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise Silent from None
            self.problem = tr(
                "{host} cannot be reached ({reason})", host=self.host, reason=_reason(error.reason)
            )
            raise
        except (OSError, http.client.HTTPException) as error:
            raise self._cut() from error
        response.read = functools.partial(self._read, response, response.read, [0])
        return response

    def _read(
        self, response: Any, read: Callable[[int], bytes], received: list[int], size: int
    ) -> bytes:
        try:
            chunk = read(size)
        except TimeoutError:
            raise Silent from None
        except (OSError, http.client.HTTPException) as error:
            raise self._cut() from error
        received[0] += len(chunk)
        if chunk:
            self._report(self._complete + received[0])
        elif response.length:
            raise self._cut()
        else:
            self._complete += received[0]
        return chunk

    def _cut(self) -> urllib.error.URLError:
        self.problem = tr(
            "the connection to {host} ended in the middle of {file}", host=self.host, file=self.file
        )
        return urllib.error.URLError(self.problem)


def download(
    name: str, part: Path, mirror: str, patience: float, report: Callable[[int], None]
) -> Path:
    """Downloads a data set within the folder `part`; -> the folder that digits.py reads.

    `mirror` replaces the usual address unless empty; `patience` is seconds without a byte;
    `report` hears the bytes received so far. Raises DownloadError.
    """
    data_set = DATA_SETS[name]
    kind = _kind(data_set, name, mirror)
    wire = Wire(patience, report)
    urllib.request.install_opener(wire)
    raw, ready = part / "raw", part / "ready"
    try:
        ready.mkdir()
        # torchvision draws a progress bar of its own
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            train = kind(str(raw), train=True, download=True)
            test = kind(str(raw), train=False) if data_set.torchvision == "CIFAR10" else None
        if test is None:
            _keep_files(Path(train.raw_folder), ready)
        else:
            keep_colour(train, test, ready)
        keep_names(data_set, ready)
        shutil.rmtree(raw)
    except Exception as error:
        reason = _trouble(error, wire, patience, part)
        raise DownloadError(
            "{label} was not downloaded: {reason}.", label=data_set.label, reason=reason
        ) from error
    finally:
        urllib.request.install_opener(urllib.request.build_opener())
    return ready


def _missing(data_set: DataSet, package: str) -> str:
    line = line_that_installs("torch", "torchvision")
    if not line:
        return tr(
            "{label} was not downloaded: this program comes without {package}, which downloads; "
            "bundled digits and local folders work without it.",
            label=data_set.label,
            package=package,
        )
    return tr(
        "{label} was not downloaded: {package} is not installed, {line} installs it; bundled "
        "digits and local folders work without it.",
        label=data_set.label,
        package=package,
        line=line,
    )


def _kind(data_set: DataSet, name: str, mirror: str) -> Any:
    """The class of torchvision, pointed at the mirror."""
    try:
        import torchvision.datasets
    except ModuleNotFoundError as error:
        raise DownloadError(_missing(data_set, error.name or "torchvision")) from error
    except Exception as error:  # a torchvision that does not match torch raises all kinds
        words = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        raise DownloadError(
            "{label} was not downloaded because torchvision cannot be imported ({words}); bundled "
            "digits and local folders work without it.",
            label=data_set.label,
            words=words,
        ) from error
    kind = getattr(torchvision.datasets, data_set.torchvision)
    if not mirror:
        return kind
    address = f"{mirror.rstrip('/')}/{name}/"
    if data_set.torchvision == "CIFAR10":
        return type(kind.__name__, (kind,), {"url": address + kind.filename})
    return type(kind.__name__, (kind,), {"mirrors": [address]})


def _keep_files(raw: Path, ready: Path) -> None:
    """Takes over the four gzipped files as they came."""
    for stem in (stem for part in PARTS.values() for stem in part):
        write(ready / f"{stem}.gz", (raw / f"{stem}.gz").read_bytes())


def keep_colour(train: Any, test: Any, ready: Path) -> None:
    """Writes what torchvision's CIFAR10 read from its pickles as IDX files.

    `train` and `test` have `data` (images, height, width, 3) and `targets`.
    """
    for part, data_set in (("train", train), ("test", test)):
        images, labels = COLOUR_PARTS[part]
        write(ready / images, idx_bytes(np.asarray(data_set.data)))
        write(ready / labels, idx_bytes(np.array(data_set.targets, np.uint8)))


def keep_names(data_set: DataSet, ready: Path) -> None:
    """Writes what the labels mean, where that is not plain."""
    if data_set.class_names:
        write(ready / CLASS_NAMES, f"{json.dumps(data_set.class_names)}\n".encode())


def _trouble(error: Exception, wire: Wire, patience: float, part: Path) -> str:
    if isinstance(error, Silent):
        return tr(
            "{host} sent nothing for {patience} seconds", host=wire.host, patience=plain(patience)
        )
    if wire.problem:
        return wire.problem
    if isinstance(error, NotSaved) and isinstance(error.__cause__, OSError):
        error = error.__cause__
    if isinstance(error, OSError):
        if error.errno in FULL:
            return reason_of(error, part.parent)
        return tr(
            "{folder} cannot be written ({reason})",
            folder=part.parent,
            reason=reason_in_words(error),
        )
    if isinstance(error, RuntimeError):  # what torchvision says of a checksum
        return tr(
            "{file} of {host} has a wrong checksum, so it is not what it should be",
            file=wire.file,
            host=wire.host,
        )
    return tr("what {host} sent is no such data set", host=wire.host or tr("the mirror"))


def _reason(error: object) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
