#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the foot of the window says while mail comes slowly, of several accounts at once, when it is stopped, when a password, a certificate or a
server is wrong, while mail is sent and without a connection; and that the button beside a problem helps.

  test-status.py POSTHORN POSTHORN-CLI"""
import json, os, re, select, socket, subprocess, sys, threading, time
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__))]
import person, servers
from person import Person

CLI = sys.argv[2]
LETTER = 'From: Tom Berg <tom@posthorn.test>\r\nTo: %s\r\nSubject: %s\r\nDate: Sun, 22 Nov 2026 10:42:00 +0100\r\nMessage-ID: <%s@posthorn.test>\r\n\r\n%s\r\n'
SLOW = 15000 # bytes a second: slow enough for whoever looks at a loaded machine's window
LINE = 'The figures of the third quarter are better than those of the second. \r\n'


class Valve:
    """A line to a port that can be made slow, in both directions"""

    def __init__(self, port, at=0):
        self.target, self.rate = port, None
        self.listener = socket.create_server(('127.0.0.1', at))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here = self.listener.accept()[0]
                threading.Thread(target=self.carry, args=(here, socket.create_connection(('127.0.0.1', self.target))), daemon=True).start()
            except OSError:
                return

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)    # else it accepts once more
        self.listener.close()

    def carry(self, here, there):
        other = {here: there, there: here}
        try:
            while True:
                for s in select.select([here, there], [], [])[0]:
                    piece = s.recv(4096)
                    if not piece:
                        return
                    other[s].sendall(piece)
                    if self.rate:
                        time.sleep(len(piece) / self.rate)
        except OSError:
            pass
        finally:
            here.close()
            there.close()


class Status(Person):
    name = 'status'

    def __init__(self, *args):
        super().__init__(*args)
        ports = self.facts['ports']
        self.pop3, self.imap, self.smtp = (Valve(port) for port in (ports['pop3s'], ports['imaps'], self.facts['smtp_tls']))

    def _cli(self, *args):
        done = subprocess.run([CLI, '--profile', self.profile, '--json', *map(str, args)], env=self.session.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 0, (args, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def _write(self, name, text):
        path = os.path.join(self.session.dir, name)
        with open(path, 'w', newline='') as f:
            f.write(text)
        return path

    def _deliver(self, to, n, lines):
        servers.deliver(self.facts['dir'], to, [self._write('letter-%d' % i, LETTER % (to, 'Letter %d' % i, '%s.%d.%d' % (to, lines, i), LINE * lines)) for i in range(n)])

    def _account(self, email, kind, port, smtp_port, *options):
        made = self._cli('account', 'add', '--email', email, '--incoming', kind, '--host', 'localhost', '--port', port, '--smtp-host', 'localhost', '--smtp-port', smtp_port, *options,
                         '--no-check', '--password-file', self._write('password', email.split('@')[0] + '-pw\n'))['account']
        self._cli('account', 'set', made, '--check-minutes', 0)
        return made

    def _says(self, pattern, seconds=40, role='label'):
        """The first thing to be seen that reads so"""
        return ui.wait_for(pattern, lambda: [t for t in (ui.text(o) for o in ui.find_all(self.app, role) if ui.has(o, 'VISIBLE')) if re.search(pattern, t)], seconds)[0]

    def _is_silent(self, pattern):
        ui.wait_for('no more ' + pattern, lambda: not [o for o in ui.find_all(self.app, 'label') if ui.has(o, 'VISIBLE') and re.search(pattern, ui.text(o))])

    def _button(self, name):
        ui.act(ui.wait_for('button ' + name, lambda: [o for o in ui.find_all(self.app, 'push button', name) if ui.has(o, 'VISIBLE')])[0])

    def _password(self, old, new):
        """At the server"""
        path = self.facts['dir'] + '/users'
        with open(path) as f:
            users = f.read()
        with open(path, 'w') as f:
            f.write(users.replace(old, new))

    def _go(self):
        ui.act(ui.find(self.app, 'push button', 'Send/Receive'))

    # one after the other

    def receiving_says_how_far_it_is(self):
        global ui
        ui = person.ui
        self._account('ana@posthorn.test', 'pop3', self.pop3.port, self.smtp.port, '--ca-file', self.facts['ca'])
        self._deliver('ana@posthorn.test', 12, 600)
        self.pop3.rate = SLOW
        self._start()
        self._says('^Not checked yet')
        self._go()
        self._says(r'^Receiving \d+ of \d+ from ana@posthorn.test · [\d.,]+\s[kM]B$')
        assert [o for o in ui.find_all(self.app, 'progress bar', 'Progress') if ui.has(o, 'VISIBLE')]
        self._shot('receiving')

    def cancel_stops_it_without_a_complaint(self):
        self._button('Cancel')
        self._is_silent('^Receiving')
        self._says('^(Stopped|Not checked yet)')
        assert not [o for o in ui.find_all(self.app, 'push button', 'Try Again') if ui.has(o, 'VISIBLE')]
        self._shot('cancelled')

    def the_next_time_brings_the_rest(self):
        self.pop3.rate = None
        self._go()
        self._says('^Up to date')
        self._row('Letter 11')
        self._shot('up-to-date')

    def a_wrong_password_is_told_with_the_button_that_helps(self):
        self._password('ana-pw', 'other-pw')
        self._go()
        self._says('did not accept the password')
        self._button('Enter Password')
        self._shot('wrong-password')
        dialog = self._window('Password')
        self._answer(dialog, 'Cancel')
        self._password('other-pw', 'ana-pw')
        self._go()
        self._is_silent('did not accept')

    def a_certificate_nobody_vouches_for_is_told_and_can_be_looked_at(self):
        self._deliver('tom@posthorn.test', 12, 600)
        self._account('tom@posthorn.test', 'imap', self.imap.port, self.smtp.port)
        self._go()
        self._says('^tom@posthorn.test: localhost could not prove')
        self._shot('certificate')
        self._button('Show Certificate')
        self._answer(self._window('Certificate Refused'), 'Trust This Certificate')
        self._no_window('Certificate Refused')

    def several_accounts_are_told_in_one_line(self):
        self.pop3.rate = self.imap.rate = SLOW
        for address in ('ana@posthorn.test', 'tom@posthorn.test'):
            self._deliver(address, 12, 601)
        self._go()
        self._says('^Receiving .* (from 2 accounts|and 1 more account)')
        self._shot('several')
        self.pop3.rate = self.imap.rate = None
        self._says('^Up to date', 60)

    def sending_says_how_far_it_is(self):
        self.smtp.rate = SLOW
        self._cli('send', self._write('mail', LETTER.replace('tom@', 'ana@', 1) % ('tom@posthorn.test', 'Long', 'long', LINE * 8000)), '--later')
        self._go()
        self._says(r'^Sending( 1 of 1)? through ana@posthorn.test')
        self._shot('sending')
        self.smtp.rate = None
        self._is_silent('^Sending')

    def a_server_that_is_gone_is_told_until_it_is_back(self):
        self.pop3.close()
        self._go()
        self._says('^ana@posthorn.test: ')
        self._shot('gone')
        self.pop3 = Valve(self.facts['ports']['pop3s'], self.pop3.port)
        self._button('Try Again')
        self._is_silent('^ana@posthorn.test: ')
        self._stop()


if __name__ == '__main__':
    person.play(Status, sys.argv[1])
