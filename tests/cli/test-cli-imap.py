#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posthorn-cli with an IMAP account at a real Dovecot: what is done here offline and online is found at the server by another client."""
import contextlib, imaplib, json, os, re, select, signal, ssl, subprocess, time, unittest
from cli import PROGRAM
from cli_servers import PLAIN, ServersTest
import servers


class Imap(ServersTest):
    def setUp(self):
        super().setUp()
        with self.imap() as box:
            for name in self.mailboxes(box):
                if name.startswith(('Projects', 'Work', 'Locked')):
                    box.delete(name)
            for name in ('Archive', 'Trash'):
                if int(box.select(name)[1][0]):
                    box.store('1:*', '+FLAGS', '\\Deleted')
                    box.expunge()
            box.create('Projects')
            box.create('Projects/Porto')
        self.add_imap()

    def add_imap(self, *args):
        return self.good('account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'imap', '--host', 'localhost', '--port', self.facts['ports']['imaps'],
                         '--smtp-host', 'localhost', '--smtp-port', self.facts['smtp_tls'], '--password-file', self.passwords['ana'], '--ca-file', self.facts['ca'], *args)

    @contextlib.contextmanager
    def imap(self):
        box = imaplib.IMAP4_SSL('localhost', self.facts['ports']['imaps'], ssl_context=ssl.create_default_context(cafile=self.facts['ca']))
        box.login('ana@posthorn.test', 'ana-pw')
        yield box
        box.logout()

    @staticmethod
    def mailboxes(box):
        return sorted((re.search(rb' "?([^"]*)"?$', line).group(1).decode() for line in box.list()[1]), key=len, reverse=True)

    def on_imap(self, mailbox):
        """subject: flags"""
        with self.imap() as box:
            status, count = box.select('"%s"' % mailbox, readonly=True)
            if status != 'OK':
                return None
            found = {}
            if count == [b'0']:
                return found
            for item in box.fetch('1:*', '(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])')[1]:
                if isinstance(item, tuple):
                    found[item[1].decode().strip().removeprefix('Subject: ')] = set(re.search(rb'FLAGS \(([^)]*)\)', item[0]).group(1).decode().split()) - {'\\Recent'}
            return found

    def put(self, *names):
        for name in names:
            self.deliver('ana', (PLAIN % (name, name.lower(), 'Hello')).encode())

    def paths(self):
        return {f['path']: f for f in self.good('folder', 'list', 1)['folders']}

    def messages(self, path):
        return {m['subject']: m for m in self.good('message', 'list', self.paths()[path]['id'])['messages']}

    def sync(self):
        return self.good('sync', 1)['accounts'][0]


class Changes(Imap):
    def test_mail_and_folders_come_in(self):
        self.put('Figures', 'Flat')
        figures = self.sync()
        self.assertEqual((figures['new'], figures['errors'], figures['refused']), (2, [], []))
        self.assertEqual(set(self.messages('INBOX')), {'Figures', 'Flat'})
        self.assertLessEqual({'INBOX', 'Drafts', 'Sent', 'Junk', 'Trash', 'Archive', 'Projects', 'Projects/Porto'}, set(self.paths()))
        self.assertEqual({p: f['role'] for p, f in self.paths().items() if f['role']},
                         {'INBOX': 'inbox', 'Drafts': 'drafts', 'Sent': 'sent', 'Junk': 'junk', 'Trash': 'trash', 'Archive': 'archive'})
        inbox = self.paths()['INBOX']
        self.assertEqual((inbox['total'], inbox['unread'], inbox['account'], inbox['name']), (2, 2, 1, 'INBOX'))

    def test_figures_count_what_went_over_the_line(self):
        self.put('Figures')
        first = self.sync()
        self.assertGreater(first['bytes_in'], 1000)
        self.assertGreater(first['bytes_out'], 100)
        self.assertGreater(first['seconds'], 0)
        again = self.sync()
        folders = len(self.paths())
        self.assertEqual((again['new'], again['flags_changed'], again['deleted']), (0, 0, 0))
        self.assertLess(again['bytes_in'], first['bytes_in'])
        self.assertTrue(3 <= again['round_trips'] <= 3 * folders, again)       # greeting, TLS and login are among them
        self.assertLessEqual(again['round_trips'], first['round_trips'])

    def test_what_is_done_offline_is_told_by_the_next_sync(self):
        self.put('Marked', 'Moved', 'Copied', 'Deleted', 'Gone')
        self.sync()
        inbox = self.messages('INBOX')
        folders = self.paths()
        self.good('message', 'mark', inbox['Marked']['id'], '--seen', '--flagged')
        self.good('message', 'move', inbox['Moved']['id'], '--to', folders['Projects/Porto']['id'])
        self.good('message', 'copy', inbox['Copied']['id'], '--to', folders['Projects']['id'])
        self.good('message', 'delete', inbox['Deleted']['id'])
        self.good('message', 'delete', inbox['Gone']['id'], '--for-good')
        # seen here at once, and not at the server
        self.assertEqual(set(self.messages('INBOX')), {'Marked', 'Copied'})
        self.assertEqual((self.messages('INBOX')['Marked']['seen'], self.messages('INBOX')['Marked']['flagged']), (True, True))
        self.assertEqual((set(self.messages('Projects/Porto')), set(self.messages('Projects')), set(self.messages('Trash'))), ({'Moved'}, {'Copied'}, {'Deleted'}))
        self.assertEqual(self.on_imap('INBOX'), {n: set() for n in ('Marked', 'Moved', 'Copied', 'Deleted', 'Gone')})
        figures = self.sync()
        self.assertEqual((figures['errors'], figures['refused']), ([], []))
        self.assertEqual(self.on_imap('INBOX'), {'Marked': {'\\Seen', '\\Flagged'}, 'Copied': set()})
        self.assertEqual((set(self.on_imap('Projects/Porto')), set(self.on_imap('Projects')), set(self.on_imap('Trash'))), ({'Moved'}, {'Copied'}, {'Deleted'}))
        # and nothing of it comes back
        again = self.sync()
        self.assertEqual((again['new'], again['deleted'], again['flags_changed']), (0, 0, 0))
        self.assertEqual(set(self.messages('INBOX')), {'Marked', 'Copied'})
        self.assertEqual(self.good('check')['faults'], [])

    def test_folders_are_made_renamed_and_deleted_at_the_server(self):
        self.sync()
        made = self.good('folder', 'create', 'Projects/Häuser & Höfe', '--account', 1)['folder']
        renamed = self.paths()['Projects/Porto']['id']
        self.good('folder', 'rename', renamed, 'Lisbon')
        self.assertLessEqual({'Projects/Häuser & Höfe', 'Projects/Lisbon'}, set(self.paths()))
        with self.imap() as box:
            self.assertIn('Projects/Porto', self.mailboxes(box))
        self.assertEqual(self.sync()['refused'], [])
        with self.imap() as box:
            self.assertLessEqual({'Projects/H&AOQ-user &- H&APY-fe', 'Projects/Lisbon'}, set(self.mailboxes(box)))
            self.assertNotIn('Projects/Porto', self.mailboxes(box))
        self.good('folder', 'delete', made)
        self.assertNotIn('Projects/Häuser & Höfe', self.paths())
        self.sync()
        with self.imap() as box:
            self.assertFalse([m for m in self.mailboxes(box) if 'user' in m])
        self.bad('invalid', 'folder', 'delete', self.paths()['INBOX']['id'])
        self.bad('exists', 'folder', 'create', 'Projects', '--account', 1)

    def test_a_folder_is_moved_into_another_and_back(self):
        self.put('Kept')
        self.sync()
        porto, archive = (self.paths()[p]['id'] for p in ('Projects/Porto', 'Archive'))
        self.good('message', 'move', self.messages('INBOX')['Kept']['id'], '--to', porto)
        self.good('folder', 'move', porto, '--to', archive)
        self.assertEqual(self.paths()['Archive/Porto']['id'], porto)
        self.assertEqual(self.sync()['refused'], [])
        self.assertEqual(set(self.on_imap('Archive/Porto')), {'Kept'})
        self.good('folder', 'move', porto)
        self.assertEqual(self.sync()['refused'], [])
        self.assertEqual(set(self.on_imap('Porto')), {'Kept'})
        self.assertEqual(set(self.messages('Porto')), {'Kept'})
        self.bad('invalid', 'folder', 'move', self.paths()['INBOX']['id'], '--to', porto)
        with self.imap() as box:
            box.delete('Porto')

    def test_a_folder_with_mail_is_deleted_only_when_that_is_said(self):
        self.put('Kept')
        self.sync()
        folder = self.paths()['Projects/Porto']['id']
        self.good('message', 'move', self.messages('INBOX')['Kept']['id'], '--to', folder)
        self.sync()
        self.bad('invalid', 'folder', 'delete', folder)
        self.assertEqual(set(self.on_imap('Projects/Porto')), {'Kept'})
        self.good('folder', 'delete', folder, '--with-messages')
        self.sync()
        self.assertIsNone(self.on_imap('Projects/Porto'))

    def test_what_cancels_out_is_never_told(self):
        self.put('Figures')
        self.sync()
        message = self.messages('INBOX')['Figures']['id']
        before = self.sync()
        self.good('message', 'mark', message, '--flagged')
        self.good('message', 'mark', message, '--unflagged')
        self.good('message', 'move', message, '--to', self.paths()['Archive']['id'])
        self.good('message', 'move', message, '--to', self.paths()['INBOX']['id'])
        after = self.sync()
        self.assertEqual(set(self.on_imap('INBOX')), {'Figures'})
        self.assertLessEqual(after['round_trips'], before['round_trips'] + 2)

    def test_what_another_client_did_is_taken_over_and_counted(self):
        self.put('Figures', 'Flat')
        self.sync()
        with self.imap() as box:
            box.select('INBOX')
            box.store('1', '+FLAGS', '(\\Seen \\Answered)')
            box.store('2', '+FLAGS', '\\Deleted')
            box.expunge()
        figures = self.sync()
        self.assertEqual((figures['flags_changed'], figures['deleted']), (1, 1))
        left = list(self.messages('INBOX').values())
        self.assertEqual([(m['seen'], m['answered']) for m in left], [(True, True)])

    def test_what_a_server_refuses_is_undone_and_told(self):
        self.sync()
        name = 'Projects/' + 'n' * 250              # longer than Dovecot has mailboxes
        self.good('folder', 'create', name, '--account', 1)
        self.assertIn(name, self.paths())
        r = self.run_cli('--json', 'sync', 1)
        account = r.json()['accounts'][0]
        self.assertEqual((r.status, [e['code'] for e in account['errors']], [x['operation'] for x in account['refused']]), (3, ['refused'], ['create-folder']), account)
        refused = account['refused'][0]
        self.assertEqual(set(refused), {'operation', 'message', 'folder', 'target', 'name', 'created', 'error'})
        self.assertEqual((refused['name'], refused['message'], refused['error']['server'], refused['error']['account']), ('n' * 250, None, 'localhost', 1))
        self.assertTrue(refused['error']['reply'])
        self.assertNotIn(name, self.paths())
        self.assertEqual(self.sync()['refused'], [])

    def test_what_a_server_refuses_is_told_to_people(self):
        self.sync()
        self.good('folder', 'create', 'Projects/' + 'n' * 250, '--account', 1)
        r = self.run_cli('sync', 1)
        self.assertEqual(r.status, 3)
        self.assertIn('refused and undone: create-folder “nnn', r.err)


class Watch(Imap):
    def start(self, *args):
        child = subprocess.Popen([PROGRAM, '--profile', self.profile, '--json', 'sync', '--watch', *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
        self.addCleanup(lambda: (child.kill() if child.poll() is None else None, child.wait(), child.stdout.close(), child.stderr.close()))
        return child

    def line(self, child, seconds=30):
        """One document, ended by a newline, as soon as a pass is over"""
        self.assertTrue(select.select([child.stdout], [], [], seconds)[0], 'nothing was printed')
        return json.loads(child.stdout.readline())

    def until(self, child, is_it):
        for _ in range(10):
            account = self.line(child)['accounts'][0]
            if is_it(account):
                return account
        self.fail('not within ten passes')

    def end(self, child, signum):
        child.send_signal(signum)
        out, err = child.communicate(timeout=20)
        self.assertEqual((child.returncode, out), (0, b''), err)

    def test_new_mail_is_a_line_at_once(self):
        child = self.start()
        self.line(child)
        began = time.monotonic()
        self.put('Figures')
        self.assertEqual(self.until(child, lambda a: a['new'])['new'], 1)
        self.assertLess(time.monotonic() - began, 20)
        self.end(child, signal.SIGINT)
        self.assertEqual(set(self.messages('INBOX')), {'Figures'})

    def test_what_another_command_changes_goes_to_the_server_meanwhile(self):
        self.put('Figures')
        child = self.start()
        self.until(child, lambda a: a['new'])
        self.good('message', 'mark', self.messages('INBOX')['Figures']['id'], '--flagged')
        self.line(child)
        self.assertEqual(self.on_imap('INBOX'), {'Figures': {'\\Flagged'}})
        self.end(child, signal.SIGTERM)

    def test_a_server_that_goes_away_does_not_end_it(self):
        child = self.start()
        self.line(child)
        servers.break_down(self.base)
        try:
            r = self.run_cli('--json', 'sync', 1)
            self.assertEqual((r.status, r.json()['accounts'][0]['errors'][0]['account']), (1, 1))
            self.assertIsNone(child.poll())
        finally:
            servers.come_back(self.base)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
        self.assertEqual(child.returncode, 0)

    def test_without_json_it_is_a_line_for_people(self):
        child = subprocess.Popen([PROGRAM, '--profile', self.profile, 'sync', '--watch'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
        self.assertIn(b'0 new', child.stdout.readline())
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=20)
        self.assertEqual(child.returncode, 0)


if __name__ == '__main__':
    unittest.main()
