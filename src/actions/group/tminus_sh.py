# An action plugin of Ansible: a text for `sh` on a host. A module would need Python there, and ten times the work for each host.
import shlex

from ansible.plugins.action import ActionBase


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
        said = self._low_level_execute_command("sh", in_data=text.encode("utf-8", "surrogateescape"))
        # Nothing has run: sudo wants a terminal, which a module gets.
        if said["rc"] != 0 and "must have a tty" in said["stderr"]:
            return None
        # `cmd` tells the callback that it has run.
        return {"cmd": "sh", "rc": said["rc"], "stdout": said["stdout"], "stderr": said["stderr"]}

    def _by_module(self, text, task_vars):
        module_args = {"argv": ["sh"], "stdin": text, "stdin_add_newline": False, "strip_empty_ends": False}
        return self._execute_module(
            module_name="ansible.legacy.command", module_args=module_args, task_vars=task_vars
        )
