#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posthorn-cli when the world breaks in the middle of a pass: the server dies, the disk is full, the account is removed."""
import json, os, signal, sqlite3, subprocess, time, unittest
from cli import PROGRAM
from cli_servers import PLAIN, ServersTest
import servers

COUNT = 500


class Breakdowns(ServersTest):
    def fill(self, person, count, size):
        """Straight into the Maildir: handing over so many takes longer than the test."""
        box = servers.maildir(self.base, person + '@posthorn.test')
        for sub in ('new', 'cur', 'tmp'):
            os.makedirs(os.path.join(box, sub), exist_ok=True)
        body = ('z' * 70 + '\r\n') * (size // 72)
        for n in range(count):
            with open('%s/new/%d.%d.%s' % (box, 1700000000 + n, n, self._testMethodName[:30]), 'wb') as f:
                f.write((PLAIN % ('Number %d' % n, 'n%d' % n, body + str(n))).encode())
        servers.own(self.base)
        self.assertEqual(self.on_server(person), count)

    def start_sync(self):
        return subprocess.Popen([PROGRAM, '--profile', self.profile, '--json', 'sync'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)

    def kept(self):
        """Counted beside the process that writes."""
        found = [os.path.join(folder, name) for folder, _, names in os.walk(self.profile) for name in names if name == 'mail.sqlite']
        with sqlite3.connect('file:%s?mode=ro' % found[0], uri=True, timeout=10) as database:
            return database.execute('SELECT count (*) FROM message').fetchone()[0]

    def wait_until_some_are_kept(self, child):
        deadline = time.monotonic() + 60
        while self.kept() == 0:
            self.assertIsNone(child.poll(), 'the pass ended before it was disturbed')
            self.assertLess(time.monotonic(), deadline)
            time.sleep(.005)

    def finish(self, child):
        out, err = child.communicate(timeout=120)
        return child.returncode, json.loads(out), err

    def assert_each_once(self, count):
        ids = self.run_cli('ids', 1).out.decode().split()
        self.assertEqual(sorted(ids), sorted('<n%d@posthorn.test>' % n for n in range(count)) if ids and ids[0].startswith('<') else sorted('n%d@posthorn.test' % n for n in range(count)))
        self.assertEqual(self.good('check'), {'messages': count, 'faults': []})

    def test_server_that_dies_in_the_middle_loses_and_doubles_nothing(self):
        self.add('ana')
        self.fill('ana', COUNT, 80000)
        child = self.start_sync()
        self.wait_until_some_are_kept(child)
        servers.break_down(self.base)
        status, document, err = self.finish(child)
        some = document['accounts'][0]['new']
        self.assertTrue(0 < some < COUNT, document)
        self.assertEqual(status, 3, (document, err))
        self.assertTrue(document['accounts'][0]['errors'], document)
        self.assertEqual(self.kept(), some)
        servers.come_back(self.base)
        again = self.good('sync')['accounts'][0]
        self.assertEqual((again['new'], again['errors']), (COUNT - some, []))
        self.assert_each_once(COUNT)

    def test_account_removed_while_a_pass_runs_leaves_nothing_behind(self):
        self.add('ana')
        self.fill('ana', COUNT, 80000)
        child = self.start_sync()
        self.wait_until_some_are_kept(child)
        self.good('account', 'remove', 1, '--delete-mail')
        self.finish(child)
        self.assertEqual([f for f in self.good('folder', 'list')['folders'] if f['account'] == 1], [])
        self.assertEqual(self.good('check')['faults'], [])
        self.assertEqual(self.kept(), 0)

    def small_disk(self, size):
        """A disk of its own for this test alone, in a mount namespace that ends with the process that holds it."""
        where = os.path.join(self.dir, 'disk')
        os.mkdir(where)
        script = 'mount -t tmpfs -o size=%s none %s && echo ready && exec sleep 300' % (size, where)
        space = ['--mount'] if os.getuid() == 0 else ['--user', '--map-root-user', '--mount']
        try:
            holder = subprocess.Popen(['unshare', *space, 'sh', '-c', script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            self.skipTest('unshare is not installed, so that there is no small disk to fill')
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        self.addCleanup(holder.stdout.close)
        if holder.stdout.readline() != b'ready\n':
            self.skipTest('this machine lets us mount no small disk')
        self.holder = ['nsenter', '--target', str(holder.pid), '--mount', *(() if os.getuid() == 0 else ('--user', '--preserve-credentials'))]
        return where

    def on_disk(self, *args):
        done = subprocess.run([*self.holder, PROGRAM, '--profile', self.profile, '--json', *map(str, args)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.env, timeout=120)
        return done.returncode, json.loads(done.stdout)

    def test_full_disk_is_said_and_nothing_leaves_the_server(self):
        where = self.small_disk('12m')
        self.profile = where + '/profile'
        self.fill('ana', 100, 300000)
        self.assertEqual(self.on_disk(*self.options('ana', '--leave-on-server', 'never'))[0], 0)
        status, document = self.on_disk('sync')
        errors = document['accounts'][0]['errors']
        self.assertEqual((status in (1, 3), [e['code'] for e in errors]), (True, ['disk-full']), document)
        self.assertIn('full', errors[0]['message'])
        self.assertEqual(self.on_server('ana'), 100)
        subprocess.run([*self.holder, 'mount', '-o', 'remount,size=200m', where], check=True)
        some = document['accounts'][0]['new']
        status, document = self.on_disk('sync')
        self.assertEqual((status, document['accounts'][0]['new'], document['accounts'][0]['deleted']), (0, 100 - some, 100), document)
        self.assertEqual(self.on_disk('check')[1], {'messages': 100, 'faults': []})
        self.assertEqual(self.on_server('ana'), 0)


if __name__ == '__main__':
    unittest.main()
