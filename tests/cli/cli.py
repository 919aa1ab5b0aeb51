# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of posthorn-cli share: running it, and reading what it says."""
import json, os, shutil, subprocess, sys, tempfile, unittest

ROOT = os.environ.get('POSTHORN_SOURCE_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'servers'), os.path.join(ROOT, 'tests', 'ui')]
PROGRAM = os.path.join(os.environ.get('POSTHORN_BUILD_ROOT', os.path.join(ROOT, '_build')), 'src', 'cli', 'posthorn-cli')
ERROR_KEYS = {'code', 'message', 'account', 'server', 'port', 'security', 'reply'}


class Result:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr.decode(errors='replace')

    def json(self):
        """Exactly one document, ended by a newline, and nothing else."""
        assert self.out.endswith(b'\n') and self.out.count(b'\n') == 1, self.out
        return json.loads(self.out)


class CliTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix='posthorn-cli-')
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        # no keyring unless a test brings one
        self.env = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent', HOME=self.dir, XDG_DATA_HOME=self.dir + '/x',
                        XDG_CONFIG_HOME=self.dir + '/x', XDG_CACHE_HOME=self.dir + '/x', TZ='UTC', LC_ALL='C.UTF-8')
        self.env.pop('DISPLAY', None)
        self.profile = self.dir + '/profile'

    def run_cli(self, *args, input=None, env=None):
        done = subprocess.run([PROGRAM, '--profile', self.profile, *map(str, args)], input=input if input is not None else b'',
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(self.env, **(env or {})), timeout=60)
        return Result(done)

    def good(self, *args, **kw):
        """A --json command that must succeed: its document."""
        r = self.run_cli('--json', *args, **kw)
        self.assertEqual(r.status, 0, r.out.decode(errors='replace') + r.err)
        return r.json()

    def bad(self, code, *args, status=1, **kw):
        """A --json command that must fail with that code: the error."""
        r = self.run_cli('--json', *args, **kw)
        self.assertEqual(r.status, status, r.out.decode(errors='replace') + r.err)
        error = r.json()['error']
        self.assertEqual(error['code'], code, error)
        if status != 2:
            self.assertLessEqual(ERROR_KEYS, set(error))
        return error

    def write(self, name, data):
        path = os.path.join(self.dir, name)
        with open(path, 'wb') as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path
