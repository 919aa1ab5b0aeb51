#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posthorn-cli against real servers, with and without a real keyring."""
import base64, json, os, signal, subprocess, time, unittest
from cli import PROGRAM
from cli_servers import PLAIN, ServersTest
from session import Session


class Mail(ServersTest):
    def test_what_one_sends_the_other_receives(self):
        self.add_both()
        source = PLAIN.replace('tom@posthorn.test\r\n', 'tom@posthorn.test\r\nBcc: ana@posthorn.test\r\n', 1) % ('Figures', 'f1', 'Hällo\r\n.dot')
        sent = self.good('send', self.write('m.eml', source))
        self.assertEqual((sent['account'], sent['sent']), (1, True))
        deadline = time.monotonic() + 20
        while not (self.on_server('tom') and self.on_server('ana')) and time.monotonic() < deadline:
            time.sleep(.1)
        d = self.good('sync')
        self.assertEqual([(a['account'], a['new'], a['errors']) for a in d['accounts']], [(1, 1, []), (2, 1, [])])
        self.assertLessEqual({'new', 'deleted', 'flags_changed', 'sent', 'bytes_in', 'bytes_out', 'round_trips', 'seconds', 'errors'}, set(d['accounts'][0]))
        row = self.rows(2, 'inbox')[0]
        got = self.run_cli('message', 'show', row['id'], '--source').out
        self.assertIn('Hällo\r\n.dot\r\n'.encode(), got)
        self.assertNotIn(b'Bcc', got)
        kept = self.run_cli('message', 'show', self.rows(1, 'sent')[0]['id'], '--source').out
        self.assertIn(b'Bcc: ana@posthorn.test', kept)
        self.assertEqual(self.good('sync')['accounts'][1]['new'], 0)
        self.assertEqual(self.good('check')['faults'], [])

    def test_source_is_what_the_server_has(self):
        self.add('ana')
        for i, data in enumerate((PLAIN % ('Attachment', 'b1', 'x' * 900), PLAIN % ('8bit', 'b2', '\u00e4\u00f6\u00fc'), 'Subject: no body\r\n\r\n')):
            self.deliver('ana', data.encode())
        self.assertEqual(self.good('sync')['accounts'][0]['new'], 3)
        with self.pop3('ana') as pop:
            theirs = sorted(b''.join(line + b'\r\n' for line in pop.retr(n + 1)[1]) for n in range(3))
        ours = sorted(self.run_cli('message', 'show', m['id'], '--source').out for m in self.rows(1, 'inbox'))
        self.assertEqual(ours, theirs)

    def test_later_goes_with_the_next_sync(self):
        self.add_both()
        self.assertEqual(self.good('send', self.write('m.eml', PLAIN % ('Later', 'l1', 'x')), '--later')['sent'], False)
        self.assertEqual(self.good('sync', 1)['accounts'][0]['sent'], 1)
        self.assertEqual(len(self.rows(1, 'sent')), 1)

    def test_refused_recipients_are_named_and_the_others_get_it(self):
        self.add_both()
        r = self.run_cli('--json', 'send', self.write('m.eml', (PLAIN % ('Half', 'h1', 'x')).replace('To: tom@posthorn.test', 'To: tom@posthorn.test, bounce5xx@x.test')))
        d = r.json()
        self.assertEqual((r.status, d['error']['code'], d['sent']), (3, 'some-recipients-refused', True), d)

    def test_deleted_here_for_good_goes_from_the_server(self):
        self.add('ana', '--leave-on-server', 'until-deleted')
        self.deliver('ana', (PLAIN % ('Gone', 'g1', 'x')).encode())
        self.good('sync')
        self.assertEqual(self.on_server('ana'), 1)
        self.good('message', 'delete', self.rows(1, 'inbox')[0]['id'], '--for-good')
        self.assertEqual(self.good('sync')['accounts'][0]['deleted'], 1)
        self.assertEqual(self.on_server('ana'), 0)

    def test_headers_first_then_the_body_when_asked_for(self):
        self.add('ana', '--headers-above', 2000)
        self.deliver('ana', (PLAIN % ('Large', 'L1', ('y' * 70 + '\r\n') * 400)).encode())
        self.good('sync')
        row = self.rows(1, 'inbox')[0]
        self.assertFalse(row['whole'])
        self.assertEqual(self.good('message', 'fetch', row['id'])['changed'], 1)
        self.assertTrue(self.rows(1, 'inbox')[0]['whole'])
        self.assertEqual(self.run_cli('message', 'show', row['id'], '--source').out.count(b'y' * 70), 400)

    def test_account_check_tests_both_apart(self):
        self.add('ana')
        self.assertEqual(self.good('account', 'check', 1), {'account': 1, 'receiving': {'ok': True}, 'sending': {'ok': True}})
        self.good('account', 'set', 1, '--smtp-port', 1)
        r = self.run_cli('--json', 'account', 'check', 1)
        d = r.json()
        self.assertEqual((r.status, d['receiving']['ok'], d['sending']['error']['code']), (3, True, 'connection-refused'))

    def test_one_account_failing_is_partly_done(self):
        self.add_both()
        self.good('account', 'set', 2, '--port', 1)
        r = self.run_cli('--json', 'sync')
        self.assertEqual((r.status, [len(a['errors']) for a in r.json()['accounts']]), (3, [0, 1]))

    def test_starttls_and_plaintext(self):
        self.add('ana', '--security', 'starttls', '--smtp-security', 'starttls', '--smtp-port', self.facts['smtp_starttls'], port=self.facts['ports']['pop3'])
        self.good('sync')
        self.good('account', 'set', 1, '--security', 'plaintext')
        self.good('sync', '--trace', self.dir + '/plain.trace')

    def test_watch_stays_until_interrupted(self):
        self.add('ana')
        child = subprocess.Popen([PROGRAM, '--profile', self.profile, 'sync', '--watch'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
        self.assertIn(b'0 new', child.stdout.readline())
        self.assertIsNone(child.poll())
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
        self.assertEqual(child.returncode, 0)

    def test_two_processes_at_the_same_time_double_nothing(self):
        self.add('ana')
        for i in range(30):
            self.deliver('ana', (PLAIN % ('Number %d' % i, 'n%d' % i, 'x')).encode())
        children = [subprocess.Popen([PROGRAM, '--profile', self.profile, '--json', 'sync'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env) for _ in range(2)]
        outputs = [json.loads(c.communicate(timeout=120)[0]) for c in children]
        self.assertEqual(sum(a['new'] for o in outputs for a in o['accounts']), 30, outputs)
        self.assertEqual(len(set(self.run_cli('ids', 1).out.splitlines())), 30)
        self.assertEqual(self.good('check'), {'messages': 30, 'faults': []})


class Trouble(ServersTest):
    def test_wrong_password(self):
        error = self.bad('wrong-password', *self.options('ana', password=self.write('w', 'wrong')))
        self.assertEqual((error['server'], error['port'], error['security']), ('localhost', self.facts['ports']['pop3s'], 'tls'))
        self.assertTrue(error['reply'])
        self.assertEqual(self.good('account', 'list')['accounts'], [])

    def test_unknown_issuer(self):
        error = self.bad('certificate', *self.options('ana', trust=False))
        self.assertIn('BEGIN CERTIFICATE', error['certificate'])

    def test_exception_for_the_certificate_that_was_shown(self):
        error = self.bad('certificate', *self.options('ana', trust=False))
        self.add('ana', '--trust-certificate', self.write('c.pem', error['certificate']), trust=False)
        self.good('sync')
        self.good('account', 'set', 1, '--host', '127.0.0.1')
        self.bad('certificate', 'sync', 1)

    def test_trace_tells_the_conversation_and_no_secret(self):
        self.add('ana')
        self.deliver('ana', (PLAIN % ('T', 't1', 'x')).encode())
        trace = self.dir + '/trace'
        self.good('--trace', trace, 'sync')
        self.good('--trace', trace, 'send', self.write('m.eml', PLAIN % ('T', 't2', 'x')))
        with open(trace) as f:
            text = f.read()
        for word in ('UIDL', 'EHLO', 'QUIT', '[secret]'):
            self.assertIn(word, text)
        self.assertNotIn('ana-pw', text)
        self.assertNotIn(base64.b64encode(b'\0ana@posthorn.test\0ana-pw').decode(), text)
        self.assertEqual(os.stat(trace).st_mode & 0o777, 0o600)


class Keyring(ServersTest):
    def setUp(self):
        super().setUp()
        for name in ('POSTHORN_PASSWORD_FILE_1', 'POSTHORN_PASSWORD_FILE_2'):
            self.env.pop(name)

    def within(self, keyring):
        session = Session(display='inherit', keyring=keyring).__enter__()
        self.addCleanup(session.__exit__)
        session.env.pop('DISPLAY', None)
        self.env = session.env
        return session

    def test_password_goes_into_the_keyring_and_comes_from_it(self):
        self.within('unlocked')
        r = self.run_cli('--json', *self.options('ana'))
        self.assertEqual((r.status, r.json()['password_stored']), (0, True), r.err)
        self.assertEqual(self.good('sync')['accounts'][0]['errors'], [])
        self.good('account', 'set', 1, '--password-file', self.write('w', 'wrong'))
        self.bad('wrong-password', 'sync')
        self.good('account', 'remove', 1)
        self.add('ana', '--no-check', password=self.passwords['ana'])
        found = subprocess.run(['secret-tool', 'search', '--all', 'account', '1'], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertNotIn(b'wrong', found.stdout)

    def test_other_profile_does_not_see_it(self):
        self.within('unlocked')
        self.add('ana')
        self.profile = self.dir + '/other'
        self.good(*[w for w in self.options('ana', '--no-check') if w not in ('--password-file', self.passwords['ana'])])
        self.bad('no-password', 'sync')

    def lock(self):
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets', '--method',
                        'org.freedesktop.Secret.Service.Lock', "['/org/freedesktop/secrets/collection/login']"], env=self.env, stdout=subprocess.DEVNULL, check=True)

    def test_locked_keyring_is_told_from_a_missing_password_and_blocks_nothing(self):
        self.within('unlocked')
        self.add('ana')
        self.lock()
        began = time.monotonic()
        self.bad('keyring-locked', 'sync')
        r = self.run_cli('--json', 'account', 'set', 1, '--password-file', self.passwords['ana'])
        self.assertEqual((r.status, r.json()['error']['code']), (1, 'keyring-locked'))
        self.assertLess(time.monotonic() - began, 20)

    def test_no_service_is_said(self):
        self.within('none')
        r = self.run_cli('--json', *self.options('ana'))
        self.assertEqual((r.status, r.json()['password_stored']), (0, False), r.err)
        self.bad('no-secret-service', 'sync')
        self.good('sync', '--password-file', self.passwords['ana'])


if __name__ == '__main__':
    unittest.main()
