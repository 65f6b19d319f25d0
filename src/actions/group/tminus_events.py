# A callback plugin of Ansible: what came of the task on each host, one JSON object a line, on file descriptor 3.
import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: tminus_events
    type: stdout
    short_description: what came of a task on each host, for T-Minus
    description: One JSON object per host on file descriptor 3, as soon as Ansible has it.
"""

EVENTS = 3


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "tminus_events"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What keeps connections open outlives this process, and is not to keep the stream open as well.
        os.set_inheritable(EVENTS, False)

    def v2_runner_on_ok(self, result):
        self._tell(result, "ran")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        # What a command was is said of one that has run; a module that could not run has only words.
        self._tell(result, "ran" if "cmd" in result._result else "failed")

    def v2_runner_on_unreachable(self, result):
        self._tell(result, "unreachable")

    def _tell(self, result, how):
        said = result._result
        event = {"host": result._host.get_name(), "how": how}
        for key in ("rc", "stdout", "stderr", "msg", "module_stdout", "module_stderr"):
            value = said.get(key)
            if value not in (None, ""):
                event[key] = value
        line = (json.dumps(event) + "\n").encode("ascii")
        try:
            while line:
                line = line[os.write(EVENTS, line):]
        except OSError:
            # Nobody listens any more. What was begun goes on, and is found by its name.
            pass
