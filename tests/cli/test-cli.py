#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posthorn-cli without a server: usage, documents, accounts as settings, messages as files."""
import configparser, os, re, signal, subprocess, time, unittest
from cli import CliTest, PROGRAM

ADD = ('account', 'add', '--email', 'ana@example.org', '--incoming', 'pop3', '--host', 'pop.example.org', '--smtp-host', 'smtp.example.org', '--no-check')
MESSAGE = ('From: =?utf-8?q?Ana_R=C3=BAiz?= <ana@example.org>\r\nTo: Tom <tom@example.org>, x@example.org\r\nCc: c@example.org\r\n'
           'Subject: Figures\r\nDate: Sun, 22 Nov 2026 10:42:00 +0100\r\nMessage-ID: <m1@example.org>\r\nIn-Reply-To: <m0@example.org>\r\n'
           'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHällo\r\n'
           '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="../report.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
           'JVBERg==\r\n--b--\r\n').encode()
RFC3339 = r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$'


class Usage(CliTest):
    def test_help_exits_with_0_and_names_every_command(self):
        r = self.run_cli('--help')
        self.assertEqual(r.status, 0)
        for word in ('account', 'setup', 'sync', 'folder', 'message', 'ids', 'parse', 'send', 'check', 'search', 'saved', 'backup'):
            self.assertIn(word.encode(), r.out)

    def test_every_command_has_help(self):
        for words in (('account',), ('account', 'add'), ('account', 'list'), ('account', 'check'), ('account', 'set'), ('account', 'remove'), ('setup',), ('sync',),
                      ('folder',), ('folder', 'list'), ('folder', 'create'), ('folder', 'rename'), ('folder', 'move'), ('folder', 'delete'), ('message',), ('message', 'list'), ('message', 'show'),
                      ('message', 'mark'), ('message', 'move'), ('message', 'copy'), ('message', 'delete'), ('message', 'fetch'), ('message', 'save-attachment'),
                      ('ids',), ('parse',), ('send',), ('search',), ('saved',), ('saved', 'list'), ('saved', 'create'), ('saved', 'rename'), ('saved', 'delete'), ('check',)):
            r = self.run_cli(*words, '--help')
            self.assertEqual((r.status, b'Usage:' in r.out), (0, True), words)

    def test_wrong_command_lines_exit_with_2(self):
        for words in ((), ('fly',), ('account',), ('account', 'fly'), ('account', 'add'), ('account', 'add', '--email', 'a@b.example'), ('account', 'check'),
                      ('account', 'list', '1'), ('parse',), ('parse', 'a', 'b'), ('message', 'mark', '1'), ('message', 'mark', '1', '--seen', '--unseen'), ('message', 'move', '1'),
                      ('message', 'list', '1', '--sort', 'colour'), ('message', 'list', '1', '--offset', '-1'), ('sync', '--fly'), ('send',), ('search',), ('search', 'x', '--limit', '-2'), ('search', 'x', '--sort', 'size'),
                      ('search', 'x', '--saved', 'y'), ('search', '--saved', 'y', '--folder', '1'), ('saved',), ('saved', 'list', 'x'), ('saved', 'create', 'x'), ('saved', 'rename', 'x'), ('saved', 'delete'),
                      (*ADD, '--security', 'rot13'), (*ADD, '--port', '70000'), (*ADD, '--leave-on-server', 'days=0'), (*ADD, '--smtp-no-auth', '--smtp-user', 'x')):
            r = self.run_cli(*words)
            self.assertEqual((r.status, r.out), (2, b''), (words, r.err))
            self.assertTrue(r.err)

    def test_wrong_command_line_with_json_is_one_document(self):
        self.bad('usage', 'account', 'fly', status=2)
        self.bad('usage', *ADD, '--security', 'rot13', status=2)

    def test_json_may_stand_behind_the_command(self):
        self.assertEqual(self.run_cli('account', 'list', '--json').json(), {'accounts': []})

    def test_what_later_versions_do_says_so(self):
        for words in (('import', 'x'), ('export', '1', 'x'), ('backup', 'x'), ('restore', 'x'), ('account', 'add', '--email', 'a@b.example', '--auto'), ('setup', 'a@b.example')):
            self.assertIn('not available yet', self.bad('not-available', *words)['message'])

    def test_setup_offline_guesses(self):
        d = self.good('setup', 'ana@gmx.de', '--offline')
        self.assertEqual((d['provider'], d['incoming']['host'], d['incoming']['port'], d['outgoing']['security']), ('GMX', 'pop.gmx.net', 995, 'tls'))
        self.bad('invalid', 'setup', 'nonsense', '--offline')


class Parse(CliTest):
    def test_document_has_every_member(self):
        d = self.good('parse', self.write('m.eml', MESSAGE))
        self.assertEqual(set(d), {'subject', 'from', 'to', 'cc', 'bcc', 'reply_to', 'date', 'message_id', 'in_reply_to', 'references', 'text', 'html', 'attachments', 'defects'})
        self.assertEqual(d['from'], [{'name': 'Ana Rúiz', 'address': 'ana@example.org'}])
        self.assertEqual([a['address'] for a in d['to']], ['tom@example.org', 'x@example.org'])
        self.assertEqual(d['date'], '2026-11-22T10:42:00+01:00')
        self.assertIn('Hällo', d['text'])
        self.assertEqual((d['attachments'][0]['size'], d['attachments'][0]['type'], d['attachments'][0]['disposition']), (4, 'application/pdf', 'attachment'))
        self.assertNotIn('/', d['attachments'][0]['name'])

    def test_standard_input(self):
        self.assertEqual(self.good('parse', '-', input=MESSAGE)['subject'], 'Figures')

    def test_any_bytes_give_a_document(self):
        for data in (b'', b'\0' * 100, bytes(range(256)) * 20, b'Subject: \xff\xfe\r\n\r\n\xff'):
            self.good('parse', '-', input=data)

    def test_missing_file_is_code_file(self):
        self.bad('file', 'parse', self.dir + '/none')


class Accounts(CliTest):
    def add(self, *args):
        return self.good(*ADD, *args)['account']

    def test_add_prints_id_and_list_shows_it(self):
        self.assertEqual(self.add('--name', 'Ana Rúiz', '--leave-on-server', 'days=3', '--smtp-security', 'starttls'), 1)
        a = self.good('account', 'list')['accounts'][0]
        self.assertEqual((a['id'], a['email'], a['name'], a['leave_on_server']), (1, 'ana@example.org', 'Ana Rúiz', 'days=3'))
        self.assertEqual(a['incoming'], {'protocol': 'pop3', 'host': 'pop.example.org', 'port': 995, 'security': 'tls', 'user': 'ana@example.org'})
        self.assertEqual((a['outgoing']['port'], a['outgoing']['user'], a['outgoing']['authenticates']), (587, 'ana@example.org', True))

    def test_no_password_is_kept_in_the_profile(self):
        secret = 'corr3ct-h0rse'
        self.good(*ADD, '--password-file', self.write('pw', secret))
        for folder, _, names in os.walk(self.profile):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as f:
                    self.assertNotIn(secret.encode(), f.read(), name)

    def test_without_a_keyring_adding_succeeds_and_says_so(self):
        r = self.run_cli('--json', *ADD, '--password-file', self.write('pw', 'x'))
        self.assertEqual((r.status, r.json()['password_stored']), (0, False))
        self.assertIn('POSTHORN_PASSWORD_FILE_1', r.err)

    def test_invalid_settings_are_refused(self):
        self.assertIn('not an e-mail address', self.bad('invalid', *[w if w != 'ana@example.org' else 'ana' for w in ADD])['message'])
        self.assertEqual(self.good('account', 'list')['accounts'], [])

    def test_the_same_account_twice_is_refused(self):
        self.add()
        self.bad('exists', *ADD)

    def test_set_changes_and_the_usual_port_follows(self):
        self.add()
        a = self.good('account', 'set', 1, '--security', 'starttls', '--title', 'Work', '--check-minutes', 5, '--leave-on-server', 'always', '--deleted-days', 30)
        self.assertEqual((a['incoming']['security'], a['incoming']['port'], a['title'], a['check_minutes'], a['leave_on_server']), ('starttls', 110, 'Work', 5, 'always'))
        self.assertEqual((a['deleted_days'], a['junk_days']), (30, 0))
        self.good('account', 'set', 1, '--port', 1234)
        self.assertEqual(self.good('account', 'set', 1, '--security', 'tls')['incoming']['port'], 1234)

    def test_set_says_what_of_imap_is_kept_here(self):
        self.add('--incoming', 'imap')
        a = self.good('account', 'list')['accounts'][0]
        self.assertEqual((a['keep_here'], a['watch_inbox']), ('all', True))
        a = self.good('account', 'set', 1, '--keep-here', 'days=30', '--watch-inbox', 'no')
        self.assertEqual((a['keep_here'], a['watch_inbox']), ('days=30', False))
        self.assertEqual(self.good('account', 'set', 1, '--keep-here', 'opened')['keep_here'], 'opened')

    def test_remove_and_ids_are_not_reused(self):
        self.add()
        self.assertEqual(self.good('account', 'remove', 1), {'removed': 1})
        self.assertEqual(self.add(), 2)
        self.assertEqual({f['account'] for f in self.good('folder', 'list')['folders']}, {0, 2})

    def test_unknown_account_is_not_found(self):
        for words in (('account', 'check', 7), ('account', 'set', 7, '--title', 'x'), ('account', 'remove', 7), ('sync', 7), ('sync', 'x'), ('folder', 'list', 7), ('ids', 7)):
            self.bad('not-found', *words)

    def test_files_of_certificates_are_looked_at(self):
        self.bad('file', *ADD, '--ca-file', self.write('ca', 'nonsense'))
        self.bad('file', *ADD, '--ca-file', self.dir + '/none')
        self.bad('usage', *ADD, '--trust-certificate', self.write('c', 'nonsense'), status=2)

    def test_damaged_settings_are_refused_and_left(self):
        os.makedirs(self.profile)
        path = self.write('profile/accounts.ini', 'rubbish')
        self.bad('invalid', *ADD)
        with open(path) as f:
            self.assertEqual(f.read(), 'rubbish')

    def test_sync_without_password_says_no_keyring(self):
        self.add()
        r = self.run_cli('--json', 'sync', 1)
        d = r.json()
        self.assertEqual((r.status, d['error']['code'], d['accounts'][0]['errors'][0]['code']), (1, 'no-secret-service', 'no-secret-service'))

    def test_imap_account_without_password_says_no_keyring(self):
        self.good(*[w if w != 'pop3' else 'imap' for w in ADD])
        self.bad('no-secret-service', 'sync', 1)
        settings = configparser.ConfigParser(interpolation=None)
        settings.read(self.profile + '/accounts.ini')
        self.assertEqual(settings['account 1']['protocol'], 'imap')

    def test_nobody_listens(self):
        self.good('account', 'add', '--email', 'a@b.example', '--incoming', 'pop3', '--host', '127.0.0.1', '--port', 1, '--smtp-host', '127.0.0.1', '--smtp-port', 1, '--no-check')
        error = self.bad('connection-refused', 'sync', 1, '--password-file', self.write('pw', 'x'))
        self.assertEqual((error['server'], error['port'], error['security'], error['account']), ('127.0.0.1', 1, 'tls', 1))


class Mail(CliTest):
    """With mail that came into the profile by way of the Outbox."""
    def setUp(self):
        super().setUp()
        self.good(*ADD)
        self.message = self.good('send', self.write('m.eml', MESSAGE), '--later')['message']
        self.folders = {f['path']: f['id'] for f in self.good('folder', 'list')['folders'] if f['account'] == 1}
        self.good('message', 'copy', self.message, '--to', self.folders['Inbox'])
        self.kept = self.rows('Inbox')[0]['id']

    def rows(self, path, *args):
        return self.good('message', 'list', self.folders[path], *args)['messages']

    def test_send_later_waits_in_the_outbox(self):
        outbox = [f for f in self.good('folder', 'list', 0)['folders'] if f['role'] == 'outbox'][0]
        self.assertEqual(outbox['total'], 1)

    def test_list_has_every_member(self):
        d = self.good('message', 'list', self.folders['Inbox'])
        self.assertEqual(d['total'], 1)
        m = d['messages'][0]
        self.assertLessEqual({'id', 'folder', 'message_id', 'subject', 'from', 'to', 'date', 'received', 'size', 'seen', 'flagged', 'answered', 'draft', 'has_attachments', 'thread'}, set(m))
        self.assertEqual((m['subject'], m['message_id'], m['from'][0]['name'], m['has_attachments'], m['date']), ('Figures', 'm1@example.org', 'Ana Rúiz', True, '2026-11-22T10:42:00+01:00'))
        self.assertRegex(m['received'], RFC3339)

    def test_limit_and_offset_leave_total_alone(self):
        self.assertEqual(self.good('message', 'list', self.folders['Inbox'], '--limit', 0), {'total': 1, 'messages': []})
        self.assertEqual(self.good('message', 'list', self.folders['Inbox'], '--offset', 5)['messages'], [])

    def test_source_is_byte_for_byte(self):
        self.assertEqual(self.run_cli('message', 'show', self.kept, '--source').out, MESSAGE)

    def test_show_with_json_is_the_document_of_parse(self):
        self.assertEqual(self.good('message', 'show', self.kept), self.good('parse', '-', input=MESSAGE))

    def test_show_in_parts(self):
        self.assertIn('Hällo', self.run_cli('message', 'show', self.kept, '--text').out.decode())
        self.assertIn(b'Message-ID: <m1@example.org>', self.run_cli('message', 'show', self.kept, '--headers').out)
        self.bad('usage', 'message', 'show', self.kept, '--source', status=2)
        self.assertEqual(self.run_cli('message', 'show', self.kept, '--html').status, 1)

    def test_mark_move_copy_delete(self):
        self.good('message', 'mark', self.kept, '--seen', '--flagged')
        m = self.rows('Inbox')[0]
        self.assertEqual((m['seen'], m['flagged']), (True, True))
        self.good('message', 'mark', self.kept, '--unseen')
        self.assertEqual(len(self.rows('Inbox', '--unread')), 1)
        self.good('message', 'move', self.kept, '--to', self.folders['Archive'])
        self.assertEqual((self.rows('Inbox'), len(self.rows('Archive'))), ([], 1))
        self.good('message', 'copy', self.kept, '--to', self.folders['Inbox'])
        self.good('message', 'delete', self.kept)
        self.assertEqual((self.rows('Archive'), len(self.rows('Deleted'))), ([], 1))
        self.good('message', 'delete', self.kept, '--for-good')
        self.assertEqual(self.rows('Deleted'), [])

    def test_deleting_what_is_deleted_already_wants_for_good(self):
        self.good('message', 'copy', self.kept, '--to', self.folders['Archive'])
        other = self.rows('Archive')[0]['id']
        self.good('message', 'delete', self.kept)
        self.assertIn('--for-good', self.bad('invalid', 'message', 'delete', self.kept)['message'])
        r = self.run_cli('--json', 'message', 'delete', self.kept, other)
        self.assertEqual((r.status, r.json()['changed'], r.json()['errors'][0]['code']), (3, 1, 'invalid'))
        self.assertEqual(len(self.rows('Deleted')), 2)

    def test_some_messages_unknown_is_partly_done(self):
        r = self.run_cli('--json', 'message', 'mark', self.kept, 99999, '--seen')
        self.assertEqual((r.status, r.json()['changed'], r.json()['errors'][0]['code']), (3, 1, 'not-found'))
        self.bad('not-found', 'message', 'mark', 99999, '--seen')
        self.bad('not-found', 'message', 'show', 'x')
        self.bad('not-found', 'message', 'list', 99999)

    def test_attachments_are_saved_and_nothing_is_written_over(self):
        first = self.good('message', 'save-attachment', self.kept, '--to', self.dir)['files']
        second = self.good('message', 'save-attachment', self.kept, '--number', 1, '--to', self.dir)['files']
        self.assertNotEqual(first, second)
        for path in first + second:
            self.assertEqual(os.path.dirname(path), self.dir)
            with open(path, 'rb') as f:
                self.assertEqual(f.read(), b'%PDF')
        self.bad('not-found', 'message', 'save-attachment', self.kept, '--number', 2, '--to', self.dir)

    def test_ids_counts_what_is_kept_twice_twice(self):
        self.assertEqual(self.run_cli('ids').out.splitlines(), [b'<m1@example.org>'] * 2)
        self.assertEqual(self.good('ids', 1), {'ids': ['<m1@example.org>']})

    def test_message_without_an_id_is_named_by_its_digest(self):
        self.good('send', self.write('n.eml', MESSAGE.replace(b'Message-ID: <m1@example.org>\r\n', b'')), '--later')
        self.assertTrue(re.search(rb'^<sha256:[0-9a-f]{64}>$', self.run_cli('ids').out, re.M))

    def test_search_finds_words_attachments_and_people(self):
        for query in ('hallo', 'HÄLLO', 'from:ana figures', '"ana ruiz"', 'attachment:report.pdf', 'has:attachment to:tom', 'figur*', 'cc:c@example.org -absent'):
            d = self.good('search', query)
            self.assertEqual((d['total'], d['has_more'], [m['subject'] for m in d['messages']]), (2, False, ['Figures'] * 2), query)
        for query in ('absent', 'from:tom', '"figures ana"', 'hallo -figures', ''):
            self.assertEqual(self.good('search', query)['messages'], [], query)
        self.assertEqual(set(self.good('search', 'figures')['messages'][0]), set(self.good('message', 'list', self.folders['Inbox'])['messages'][0]))

    def test_search_keeps_to_a_folder_and_a_limit(self):
        d = self.good('search', 'figures', '--limit', 1)
        self.assertEqual((len(d['messages']), d['total'], d['has_more']), (1, 1, True))
        self.assertEqual(self.good('search', 'figures', '--folder', self.folders['Junk'])['messages'], [])
        self.bad('not-found', 'search', 'figures', '--folder', 99999)

    def test_search_says_what_is_wrong_with_a_date(self):
        self.assertIn('no date', self.bad('invalid', 'search', 'before:someday')['message'])
        self.assertIn('no size', self.bad('invalid', 'search', 'larger:much')['message'])

    def test_search_knows_what_is_deleted(self):
        self.good('search', 'figures')
        self.good('message', 'delete', self.kept, '--for-good')
        self.assertEqual(len(self.good('search', 'figures')['messages']), 1)
        self.assertEqual(self.good('check')['faults'], [])

    def test_saved_searches_are_made_listed_renamed_and_deleted(self):
        made = self.good('saved', 'create', 'Reports', 'has:attachment', 'from:ana')['saved']
        self.assertEqual(self.good('saved', 'list'), {'saved': [{'id': made, 'name': 'Reports', 'query': 'has:attachment from:ana', 'folder': None}]})
        self.bad('exists', 'saved', 'create', 'Reports', 'other')
        self.good('saved', 'rename', 'Reports', 'Figures of Ana')
        self.assertIn(b'Figures of Ana', self.run_cli('saved', 'list').out)
        self.assertEqual(self.good('saved', 'delete', made), {'deleted': made})
        self.assertEqual(self.good('saved', 'list'), {'saved': []})

    def test_saved_search_that_is_none_is_refused(self):
        self.bad('invalid', 'saved', 'create', 'Empty', '')
        self.bad('invalid', 'saved', 'create', 'Someday', 'before:someday')
        self.bad('not-found', 'saved', 'create', 'Nowhere', 'figures', '--folder', 99999)
        self.bad('not-found', 'saved', 'rename', 'Nobody', 'Somebody')
        self.bad('not-found', 'saved', 'delete', 'Nobody')
        self.bad('not-found', 'search', '--saved', 'Nobody')

    def test_search_finds_what_a_saved_search_finds(self):
        self.good('saved', 'create', '77', 'figur')
        here = self.good('saved', 'create', 'Here', 'figures', '--folder', self.folders['Inbox'])['saved']
        self.assertEqual(self.good('search', '--saved', '77')['total'], 2)
        self.assertEqual([m['folder'] for m in self.good('search', '--saved', 'Here')['messages']], [self.folders['Inbox']])
        self.assertEqual(self.good('search', '--saved', here), self.good('search', '--saved', 'Here'))

    def test_rules_are_made_listed_switched_and_deleted(self):
        made = self.good('rule', 'add', '--name', 'Figures', '--subject', 'figures', '--larger', 10, '--flag')['rule']
        self.assertEqual(self.good('rule', 'list'), {'rules': [{
            'id': made, 'name': 'Figures', 'enabled': True, 'needs_all': True, 'stops': False,
            'conditions': [{'field': 'subject', 'negated': False, 'text': 'figures', 'number': 0, 'header': ''},
                           {'field': 'larger', 'negated': False, 'text': '', 'number': 10, 'header': ''}],
            'actions': [{'deed': 'flag', 'text': '', 'number': 0}]}]})
        self.good('rule', 'disable', made)
        self.assertFalse(self.good('rule', 'list')['rules'][0]['enabled'])
        self.assertIn(b'subject figures and larger 10: flag', self.run_cli('rule', 'list').out)
        self.good('rule', 'enable', made)
        self.assertTrue(self.good('rule', 'list')['rules'][0]['enabled'])
        self.assertEqual(self.good('rule', 'delete', made), {'deleted': made})
        self.assertEqual(self.good('rule', 'list'), {'rules': []})

    def test_rule_runs_on_a_folder_and_says_how_many_fitted(self):
        other = self.good('folder', 'create', 'Sorted', '--account', 1)['folder']
        made = self.good('rule', 'add', '--from', 'ana', '--move', other)['rule']
        self.good('rule', 'disable', made)
        inbox = self.folders['Inbox']
        before = self.good('message', 'list', inbox)['total']
        self.assertEqual(self.good('rule', 'run', inbox), {'sorted': 0})
        self.assertEqual(self.good('rule', 'run', inbox, '--rule', made), {'sorted': before})
        self.assertEqual((self.good('message', 'list', inbox)['total'], self.good('message', 'list', other)['total']), (0, before))

    def test_rule_that_is_none_is_refused(self):
        self.assertEqual(self.run_cli('rule', 'add', '--from', 'ana').status, 2)
        self.assertEqual(self.run_cli('rule', 'add', '--flag').status, 2)
        self.bad('not-found', 'rule', 'add', '--from', 'ana', '--move', 99999)
        self.bad('not-found', 'rule', 'enable', 99999)
        self.bad('not-found', 'rule', 'run', 99999)

    def test_folders_are_made_renamed_and_deleted(self):
        made = self.good('folder', 'create', 'Projects', '--account', 1)['folder']
        self.bad('exists', 'folder', 'create', 'Projects', '--account', 1)
        self.good('folder', 'create', 'Projects/Porto', '--account', 1)
        self.good('folder', 'rename', made, 'Work')
        self.assertIn('Work/Porto', [f['path'] for f in self.good('folder', 'list', 1)['folders']])
        other = self.good('folder', 'create', 'Other', '--account', 1)['folder']
        self.good('folder', 'move', made, '--to', other)
        self.assertIn('Other/Work/Porto', [f['path'] for f in self.good('folder', 'list', 1)['folders']])
        self.bad('invalid', 'folder', 'move', other, '--to', made)
        self.good('folder', 'move', made)
        self.good('folder', 'delete', made)
        self.bad('invalid', 'folder', 'delete', self.folders['Inbox'])

    def test_removed_account_keeps_its_mail_here(self):
        self.good('account', 'remove', 1)
        kept = [f for f in self.good('folder', 'list')['folders'] if f['account'] == 0 and f['role'] is None and f['total'] == 1]
        self.assertEqual(len(kept), 1)
        self.assertEqual(self.good('check')['faults'], [])

    def test_removed_account_with_its_mail(self):
        self.good('account', 'remove', 1, '--delete-mail')
        self.assertEqual(sum(f['total'] for f in self.good('folder', 'list')['folders'] if f['role'] != 'outbox'), 0)

    def test_check_counts_messages(self):
        self.assertEqual(self.good('check'), {'messages': 2, 'faults': []})

    def test_recipients_are_needed(self):
        self.bad('invalid', 'send', self.write('x.eml', b'From: a@b.example\r\n\r\nx'), '--later')

    def test_sync_that_waits_is_interrupted_cleanly(self):
        import socket
        with socket.socket() as listener:
            listener.bind(('127.0.0.1', 0))
            listener.listen()
            self.good('account', 'set', 1, '--host', '127.0.0.1', '--port', listener.getsockname()[1], '--smtp-host', '127.0.0.1', '--smtp-port', listener.getsockname()[1])
            child = subprocess.Popen([PROGRAM, '--profile', self.profile, '--json', 'sync', '--password-file', self.write('pw', 'x')],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
            listener.settimeout(20)
            connection, _ = listener.accept()
            began = time.monotonic()
            child.send_signal(signal.SIGINT)
            out, _ = child.communicate(timeout=20)
            connection.close()
        self.assertEqual(child.returncode, 1)
        self.assertIn(b'"cancelled"', out)
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(self.good('check')['faults'], [])


if __name__ == '__main__':
    unittest.main()
