#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-imap-odd-servers.py NAME: Posthorn spends a day with the server that tests/data/imap/NAME.txt describes. See the README there."""
import json, os, sys, unittest

sys.path.insert(0, os.path.join(os.environ.get('POSTHORN_SOURCE_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), 'tests', 'cli'))
from cli import CliTest, ROOT
import odd

FLAGS = {'seen': '\\Seen', 'flagged': '\\Flagged', 'answered': '\\Answered'}
NAME = None


class Day(CliTest):
    def setUp(self):
        super().setUp()
        self.server = odd.Server('%s/tests/data/imap/%s.txt' % (ROOT, NAME))
        self.addCleanup(self.server.close)
        self.expects, self.given = self.server.d.expects, list(self.server.d.mailboxes)
        self.env['POSTHORN_PASSWORD_FILE_1'] = self.write('password', 'secret\n')
        self.good('account', 'add', '--email', 'ana@example.org', '--incoming', 'imap', '--host', '127.0.0.1', '--port', self.server.port, '--security', 'plaintext',
                  '--smtp-host', '127.0.0.1', '--smtp-port', 1, '--no-check', '--password-file', self.env['POSTHORN_PASSWORD_FILE_1'])
        self.codes = set()

    def expected(self, kind):
        return [e[1:] for e in self.expects if e[0] == kind]

    def sync(self):
        r = self.run_cli('--json', 'sync', 1)
        report = r.json()
        account = report['accounts'][0]
        self.assertIn(r.status, (0, 3) if not self.expected('error') else (0, 1, 3), report)    # 1: there was nothing but what was refused
        codes = {e['code'] for e in account['errors']}
        allowed = {e[0] for e in self.expected('error')}
        self.assertLessEqual(codes, allowed, account['errors'])
        self.codes |= codes
        return account

    def folders(self):
        return {f['path']: f for f in self.good('folder', 'list', 1)['folders'] if f['role'] != 'outbox'}

    def messages(self, path):
        return self.good('message', 'list', self.folders()[path]['id'], '--limit', 1000)['messages']

    def path_of(self, box):
        """As people see it: “/” between levels, without the prefix of the personal namespace."""
        d = self.server.d
        name = 'INBOX' if box.name.upper() == 'INBOX' else box.name
        prefix = d.namespace.split('"')[1] if d.namespace and not d.namespace.startswith('NIL') else ''
        if prefix and name.startswith(prefix):
            name = name[len(prefix):]
        path = name.replace(d.delimiter, '/')
        return 'INBOX' + path[5:] if path.upper().startswith('INBOX/') else path

    def compare(self):
        """Every message of the server's is here once, byte for byte and with its flags, and nothing else is."""
        lost = {tuple(x) for x in self.expected('lost')}
        here = self.folders()
        for box in self.server.d.mailboxes:
            path = self.path_of(box)
            if path not in here:
                self.assertIn([path], self.expected('no-folder'), 'the folder %s is missing: %s' % (path, sorted(here)))
                continue
            theirs, ours = [], []
            for m in box.messages:
                message_id = m.source.partition(b'Message-ID: <')[2].partition(b'>')[0].decode()
                theirs.append((message_id, frozenset(k for k, v in FLAGS.items() if v in m.flags), None if (path, message_id) in lost else m.source))
            for m in self.messages(path):
                source = self.run_cli('message', 'show', m['id'], '--source').out if m.get('whole', True) else None
                ours.append((m['message_id'], frozenset(k for k in FLAGS if m[k]), source))
            self.assertEqual(sorted(ours, key=str), sorted(theirs, key=str), path)

    def check_conversations(self):
        """Those named together, wherever they are, are one conversation, and no other."""
        known = {}
        for path in self.folders():
            for m in self.messages(path):
                known.setdefault(m['message_id'], set()).add(m['thread'])
        together = [set().union(*(known[message_id] for message_id in ids)) for ids in self.expected('conversation')]
        for n, threads in enumerate(together):
            self.assertEqual(len(threads), 1, self.expected('conversation')[n])
        self.assertEqual(len(set().union(*together)), len(together), 'they are not all one')

    def test_a_day(self):
        for _ in range(3):      # what was refused at first comes with the next pass
            self.sync()
        here = self.folders()
        for path, role in self.expected('folder'):
            self.assertIn(path, here)
            self.assertEqual(here[path]['role'] or 'none', role, path)
        for path, in self.expected('no-folder'):
            self.assertNotIn(path, here)
        self.compare()
        given = set(map(id, self.given))
        made = [self.path_of(b) for b in self.server.d.mailboxes if id(b) not in given]
        self.assertEqual(sorted(here[path]['role'] for path in made), sorted({here[path]['role'] for path in made} - {''}), 'each that was made is for something, once')
        self.assertEqual(self.codes, {e[0] for e in self.expected('error')}, 'the reports of three passes')

        rows = [m for m in self.messages('INBOX') if m.get('whole', True)]
        self.assertGreaterEqual(len(rows), 2)
        target = (self.expected('move') or [[next(f['path'] for f in here.values() if f['role'] == 'archive')]])[0][0]
        self.good('message', 'mark', rows[0]['id'], '--flagged', '--seen')
        self.good('message', 'mark', rows[1]['id'], '--answered')
        self.good('message', 'move', rows[1]['id'], '--to', here[target]['id'])
        self.sync()
        box = next(b for b in self.server.d.mailboxes if self.path_of(b) == target)
        self.assertIn(rows[1]['message_id'].encode(), b''.join(m.source for m in box.messages), 'it has arrived where it was moved to')
        for _ in range(2):
            last = self.sync()
        self.assertEqual((last['new'], last['deleted'], last['flags_changed']), (0, 0, 0), 'the last pass finds nothing to do')
        self.compare()

        for change in self.server.d.elsewhere:
            self.server.do_elsewhere(*change)
        if self.server.d.elsewhere:
            for _ in range(3):      # what has gone is believed at the second look
                self.sync()
            self.compare()
            self.assertEqual(set(self.folders()) & {change[1] for change in self.server.d.elsewhere if change[0] == 'rename'}, set())
        if self.expected('bodies-once'):
            self.assertTrue(self.server.bodies)
            self.assertEqual([x for x in set(self.server.bodies) if self.server.bodies.count(x) > 1], [], 'bytes that were asked for twice')
        self.check_conversations()
        self.assertEqual(self.good('check')['faults'], [])
        self.assertEqual(self.server.faults, [])


if __name__ == '__main__':
    NAME = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith('-') else sys.exit(__doc__)
    unittest.main()
