# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of posthorn-cli against real servers share: the servers, two people, their mailboxes."""
import contextlib, os, poplib, shutil, ssl, tempfile, warnings
from cli import CliTest
import servers

warnings.simplefilter('ignore', ResourceWarning)     # servers.py leaves its children to their own folder's stop
PLAIN = ('From: Ana Ruiz <ana@posthorn.test>\r\nTo: tom@posthorn.test\r\nSubject: %s\r\nDate: Sun, 22 Nov 2026 10:42:00 +0100\r\nMessage-ID: <%s@posthorn.test>\r\n\r\n%s\r\n')


class ServersTest(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
        cls.addClassCleanup(shutil.rmtree, cls.base, ignore_errors=True)
        cls.facts = servers.start(cls.base, 'dovecot')
        cls.addClassCleanup(servers.stop, cls.base)

    def setUp(self):
        super().setUp()
        self.passwords = {p: self.write(p + '.pw', p + '-pw\n') for p in ('ana', 'tom')}
        self.env.update({'POSTHORN_PASSWORD_FILE_1': self.passwords['ana'], 'POSTHORN_PASSWORD_FILE_2': self.passwords['tom']})
        for person in ('ana', 'tom'):
            with self.pop3(person) as pop:
                for n in range(pop.stat()[0]):
                    pop.dele(n + 1)

    @contextlib.contextmanager
    def pop3(self, person):
        pop = poplib.POP3_SSL('localhost', self.facts['ports']['pop3s'], context=ssl.create_default_context(cafile=self.facts['ca']))
        pop.user(person + '@posthorn.test')
        pop.pass_(person + '-pw')
        yield pop
        pop.quit()
        pop.close()

    def options(self, person, *args, port=None, trust=True, password=None):
        return ('account', 'add', '--email', person + '@posthorn.test', '--incoming', 'pop3', '--host', 'localhost', '--port', port or self.facts['ports']['pop3s'],
                '--smtp-host', 'localhost', '--smtp-port', self.facts['smtp_tls'], '--password-file', password or self.passwords[person],
                *(('--ca-file', self.facts['ca']) if trust else ()), *args)

    def add(self, person, *args, **kw):
        return self.good(*self.options(person, *args, **kw))['account']

    def add_both(self):
        self.assertEqual((self.add('ana'), self.add('tom')), (1, 2))

    def deliver(self, person, data):
        servers.deliver(self.base, person + '@posthorn.test', [self.write('delivered.eml', data)])

    def folder(self, account, role):
        return [f for f in self.good('folder', 'list')['folders'] if f['account'] == account and f['role'] == role][0]

    def rows(self, account, role):
        return self.good('message', 'list', self.folder(account, role)['id'])['messages']

    def on_server(self, person):
        with self.pop3(person) as pop:
            return pop.stat()[0]
