"""The command line's doctor: is this installation as docs/hardening.md asks?"""

import argparse
import json
from dataclasses import asdict

from ntm import doctor
from ntm.cli.terminal import DONE, FAULTY


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("doctor", help="kiểm tra cách cài đặt theo docs/hardening.md")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")
    parser.set_defaults(run=_doctor)


def _doctor(call: argparse.Namespace) -> int:
    found = doctor.examine()
    if call.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            print(f"{finding.mark} {finding.words}")
    return FAULTY if any(finding.mark == doctor.BAD for finding in found) else DONE
