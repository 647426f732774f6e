import subprocess
import sys
from pathlib import Path

from desktop.crash import CrashHook, redact, write_report
from desktop.instance import SingleInstance


def test_a_second_start_brings_the_first_forward(qapp, qtbot, tmp_path):
    first, second = SingleInstance(tmp_path / "home"), SingleInstance(tmp_path / "home")
    assert first.claim()
    with qtbot.waitSignal(first.summoned):
        assert not second.claim()
    elsewhere = SingleInstance(tmp_path / "other")
    assert elsewhere.claim()
    elsewhere.release()
    first.release()
    assert second.claim()
    second.release()


def test_a_crash_leaves_a_report_and_is_shown(tmp_path, capsys):
    shown = []
    hook = CrashHook(tmp_path / "logs", lambda error, path: shown.append((error, path)))
    error = ZeroDivisionError("at password=hunter2")
    hook.report(error)
    assert shown[0][0] is error
    text = shown[0][1].read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "hunter2" not in text
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_fault_while_showing_a_fault_does_not_go_round(tmp_path):
    hook = CrashHook(tmp_path, lambda error, path: hook.report(error))
    hook.report(ValueError("x"))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_report_that_cannot_be_written_is_no_second_fault(tmp_path):
    (tmp_path / "logs").write_text("a file in the way")
    assert write_report(tmp_path / "logs", ValueError("x")) is None


def test_secrets_are_redacted():
    text = redact(f"token: abc123 url=postgres://ruiz:pa55@db/muster PASSWORD='x y' at {Path.home()}/a")
    for secret in ("abc123", "pa55", "'x", str(Path.home())):
        assert secret not in text
    assert "@db/muster" in text


def test_the_command_line_loads_no_qt():
    program = (
        "import sys\n"
        "import desktop.__main__, desktop.phrases\n"
        "assert not any(name.startswith('PySide6') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
