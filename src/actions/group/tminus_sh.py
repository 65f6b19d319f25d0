# An action plugin of Ansible: a text for `sh` on a host. A module would need Python there, and ten times the work for each host.
import shlex

from ansible.plugins.action import ActionBase

# Said on the error stream before the text runs.
RUNS = "tminus: it runs"
NO_TERMINAL = (
    "sudo there wants a terminal (requiretty) and has none: take that out of its sudoers, "
    "or set ansible_pipelining=false and ansible_ssh_use_tty=true in the inventory"
)


class ActionModule(ActionBase):
    TRANSFERS_FILES = False

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        args = self._task.args
        names = " ".join(
            f"{name.upper()}={shlex.quote(str(value))}" for name, value in args.items() if name.startswith("tminus_")
        )
        text = f"export {names}\n{args['text']}"
        said = self._by_connection(text) if self._may_send() else None
        result.update(self._by_module(text, task_vars) if said is None else said)
        return result

    def _may_send(self):
        # Where a password is asked for, or Ansible itself would not send its modules so, what is sent could get lost.
        become = self._connection.become
        if become is None:
            return self._connection.has_pipelining
        password = become.get_option("become_pass", playcontext=self._play_context)
        return self._connection.has_pipelining and become.name != "su" and not password

    def _by_connection(self, text):
        sent = f"echo '{RUNS}' >&2\n{text}"
        said = self._low_level_execute_command("sh", in_data=sent.encode("utf-8", "surrogateescape"))
        runs, mark, rest = said["stderr"].partition(f"{RUNS}\n")
        if self._connection.become is not None and not mark:
            # Nothing has run. sudo may want a terminal, which a module gets unless it is sent in this way as well.
            self._connection.set_option("pipelining", False)
            self._play_context.pipelining = False
            return None
        # `cmd` tells the callback that it has run.
        return {"cmd": "sh", "rc": said["rc"], "stdout": said["stdout"], "stderr": runs + rest}

    def _by_module(self, text, task_vars):
        module_args = {"argv": ["sh"], "stdin": text, "stdin_add_newline": False, "strip_empty_ends": False}
        result = self._execute_module(
            module_name="ansible.legacy.command", module_args=module_args, task_vars=task_vars
        )
        words = str(result.get("module_stdout", "")) + str(result.get("module_stderr", ""))
        return {"failed": True, "msg": NO_TERMINAL} if "must have a tty" in words else result
