#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posthorn-cli beside the window on the same profile: what the one does the other shows within two seconds, and nothing breaks."""
import json, os, re, shutil, subprocess, sys, tempfile, time
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import servers, steps
from demo import mail_at_server
from session import Session

APP, CLI = sys.argv[1:3]
SECONDS = 2
MESSAGE = 'From: Tom Berg <tom@posthorn.test>\r\nTo: ana@posthorn.test\r\nSubject: %s\r\nDate: Sun, 22 Nov 2026 10:42:00 +0100\r\nMessage-ID: <%s@posthorn.test>\r\n\r\nHello Ana\r\n'


class Beside:
    child = None

    def __init__(self, facts, session):
        self.facts, self.session, self.profile = facts, session, session.dir + '/profile'

    def cli(self, *args):
        done = subprocess.run([CLI, '--profile', self.profile, '--json', *map(str, args)], env=self.session.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 0, (args, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def write(self, name, text):
        path = os.path.join(self.session.dir, name)
        with open(path, 'w', newline='') as f:
            f.write(text)
        return path

    def deliver(self, subject, name):
        servers.deliver(self.facts['dir'], 'ana@posthorn.test', [self.write('delivered.eml', MESSAGE % (subject, name))])

    def folder(self, role, account=1):
        return [f for f in self.cli('folder', 'list')['folders'] if f['account'] == account and f['role'] == role][0]

    def rows(self, role='inbox'):
        return self.cli('message', 'list', self.folder(role)['id'])['messages']

    def subjects(self):
        return [ui.text(o) for o in ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label')]

    def soon(self, what, check):
        """Not later than a person would believe that it belongs together; our own looking around, and a machine that has more to do than it can, are
        not the window's fault."""
        began = time.monotonic()
        looked = []

        def look():
            looked.append(time.monotonic() - began)
            return check()
        ui.wait_for(what, look)
        # walking the table by accessibility takes longer than what is measured; the change hub's own test has the exact limit
        limit = 3 * SECONDS * max(1, os.getloadavg()[0] / os.cpu_count())
        assert looked[-1] < limit, '%s took %.1f s' % (what, looked[-1])

    def unread(self):
        """What the folder tree says beside the Inbox, and beside the quick views that count it."""
        return [ui.text(o) for o in ui.find_all(ui.find(self.app, 'list', 'Folders'), 'label') if re.fullmatch(r'\d+', ui.text(o))]

    # one after the other

    def window_opens_on_a_profile_of_the_cli(self):
        ports = self.facts['ports']
        self.cli('account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'pop3', '--host', 'localhost', '--port', ports['pop3s'], '--smtp-host', 'localhost',
                 '--smtp-port', self.facts['smtp_tls'], '--ca-file', self.facts['ca'], '--leave-on-server', 'always', '--password-file', self.write('pw', 'ana-pw\n'))
        self.cli('account', 'set', 1, '--check-minutes', 0)
        self.deliver('First letter', 'b1')
        assert self.cli('sync')['accounts'][0]['new'] == 1
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        ui.wait_for('the first letter', lambda: 'First letter' in self.subjects())

    def what_the_cli_receives_is_shown(self):
        self.deliver('Second letter', 'b2')
        assert self.cli('sync')['accounts'][0]['new'] == 1
        self.soon('the second letter', lambda: 'Second letter' in self.subjects())

    def what_the_cli_marks_is_shown(self):
        before = self.folder('inbox')['unread']
        assert before > 0
        for row in self.rows():
            self.cli('message', 'mark', row['id'], '--seen')
        self.soon('no unread mail', lambda: not self.unread())
        self.cli('message', 'mark', self.rows()[0]['id'], '--unseen')
        self.soon('one unread letter', lambda: self.unread() == ['1'] * 3)

    def what_the_cli_deletes_is_gone(self):
        self.cli('message', 'delete', [m for m in self.rows() if m['subject'] == 'Second letter'][0]['id'])
        self.soon('the second letter gone', lambda: 'Second letter' not in self.subjects())

    def what_the_cli_sends_is_sent_once(self):
        source = (MESSAGE % ('Third letter', 'b3')).replace('Tom Berg <tom@', 'Ana Ruiz <ana@').replace('To: ana@', 'To: tom@')
        self.cli('send', self.write('sent.eml', source))
        ui.wait_for('the third letter at the server', lambda: [m for m in mail_at_server(self.facts, 'tom') if m['Subject'] == 'Third letter'])
        time.sleep(3)                       # the window's own engine has seen the Outbox too
        assert len([m for m in mail_at_server(self.facts, 'tom') if m['Subject'] == 'Third letter']) == 1
        assert [m['subject'] for m in self.rows('sent')] == ['Third letter']

    def both_write_at_once_and_all_of_it_is_there(self):
        for i in range(20):
            self.deliver('Letter %d of many' % i, 'm%d' % i)
        children = [subprocess.Popen([CLI, '--profile', self.profile, '--json', 'sync'], env=self.session.env, stdout=subprocess.PIPE) for _ in range(2)]
        ui.key('F9')                        # Send/Receive in the window
        marked = self.rows()[-1]['id']
        for flag in ('--flagged', '--unflagged') * 3:
            self.cli('message', 'mark', marked, flag)
        for child in children:
            assert json.loads(child.communicate(timeout=60)[0])['accounts'][0]['errors'] == []
        ui.wait_for('twenty letters', lambda: len([m for m in self.rows() if 'of many' in m['subject']]) == 20)
        self.soon('a letter of many in the window', lambda: [s for s in self.subjects() if 'of many' in s])

    def window_closes_and_the_store_is_sound(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        assert self.cli('check') == {'messages': 23, 'faults': []}, self.cli('check')
        ids = subprocess.run([CLI, '--profile', self.profile, 'ids', '1'], env=self.session.env, stdout=subprocess.PIPE, check=True).stdout.split()
        assert len(ids) == len(set(ids)) == 23, ids


def main():
    global ui
    names = [name for name in vars(Beside) if name.startswith(('window_', 'what_', 'both_'))]
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    failed = True
    try:
        facts = servers.start(d, 'dovecot')
        with Session() as session:
            os.environ.update(session.env)
            import driver as ui
            beside = Beside(facts, session)
            failed = steps.run(beside, '/ui/beside/', names, lambda: [ui.dump(window) for window in ui.children(ui.application(seconds=2))])
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)
    sys.exit(failed)


if __name__ == '__main__':
    main()
