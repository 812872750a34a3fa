"""PDFs read back as text, as a reader's machine does; a machine without pdftotext skips."""

import shutil
import subprocess

import pytest


def text_of(document: bytes) -> str:
    """All that a PDF says, on one line."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("no pdftotext on this machine")
    told = subprocess.run([tool, "-", "-"], input=document, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())
