"""What the tests share: the built programs, and the wire format as another implementation of gRPC sees it."""

import importlib
import os
import pathlib
import subprocess
import sys
import tempfile

import grpc_tools
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAMS = (ROOT / TARGET if not TARGET.is_absolute() else TARGET) / "debug"
EXAMPLE = "examples/triage.prism"


def program(name):
    """The path of a program that `cargo build` made."""
    path = PROGRAMS / name
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: run `cargo build --workspace --bins` first")
    return path


def prismc(*arguments, timeout=60):
    """Runs `prismc` at the root of the repository and gives its exit code and outputs."""
    return subprocess.run(
        [program("prismc"), *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
    )


def load_protocol():
    """Compiles our .proto files with Google's compiler, and gives the modules of messages and services."""
    folder = tempfile.mkdtemp(prefix="prism-proto-")
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    files = sorted(str(path.relative_to(ROOT / "proto")) for path in (ROOT / "proto").rglob("*.proto"))
    status = protoc.main(
        ["protoc", f"-I{ROOT / 'proto'}", f"-I{well_known}", f"--python_out={folder}", f"--grpc_python_out={folder}"]
        + files
    )
    if status != 0:
        raise RuntimeError(f"protoc refuses {files}")
    sys.path.insert(0, folder)
    modules = {}
    for name in ("confidence", "registry"):
        for ending in ("pb2", "pb2_grpc"):
            modules[f"{name}_{ending}"] = importlib.import_module(f"parallax.{name}_{ending}")
    return type("Protocol", (), modules)


PROTOCOL = load_protocol()
