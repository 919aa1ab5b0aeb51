#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Message files in windows of their own, by keys and accessibility alone: what they say of themselves, and messages in messages.

  test-reader.py POSTHORN [FOLDER FOR PICTURES]"""
import os, shutil, subprocess, sys, traceback
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
from session import Session

APP = sys.argv[1]
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None

HEAD = 'To: tom@example.org\nDate: Sun, 22 Nov 2026 10:42:00 +0000\nMIME-Version: 1.0\n'
FORGED = 'From: "Bank <service@bank.example.com>" <x@evil.example>\nSubject: Your account\nContent-Type: text/plain\n' + HEAD + '\nLog in at once.\n'
OUTER = 'From: Ana Ruiz <ana@example.org>\nSubject: Outer\nContent-Type: multipart/mixed; boundary=b\n' + HEAD + '''
--b
Content-Type: text/plain

See the letter.
--b
Content-Type: text/calendar; method=REQUEST

METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:Quarterly figures
LOCATION:Room 1
DTSTART:20261123T090000Z
DURATION:PT1H
END:VEVENT
--b
Content-Type: application/x-msdownload; name=invoice.pdf.exe

MZ
--b
Content-Type: message/rfc822

From: Tom <tom@example.org>
Subject: Inner

I am the letter.
--b--
'''


class Reader:
    def __init__(self, session):
        self.session = session

    def _window(self, title):
        return ui.find(self.app, 'frame', title)

    def _says(self, title, *labels):
        window = self._window(title)
        ui.wait_for('what %s says' % title, lambda: all(any(l in s for s in [ui.text(o) for o in ui.find_all(window, 'label') if ui.has(o, 'VISIBLE')]) for l in labels))

    def _picture(self, name):
        if PICTURES:
            ui.screenshot('%s/%s.png' % (PICTURES, name))

    def files_open_each_in_a_window_and_nothing_else(self):
        paths = []
        for name, text in (('forged', FORGED), ('outer', OUTER)):
            paths.append('%s/%s.eml' % (self.session.dir, name))
            with open(paths[-1], 'w') as f:
                f.write(text)
        self.child = subprocess.Popen([APP, '--profile', self.session.dir + '/profile', *paths], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        ui.wait_for('both windows', lambda: sorted(w.get_name() for w in ui.children(self.app)) == ['Outer', 'Your account'])

    def a_sender_who_seems_another_is_told(self):
        self._says('Your account', 'The name shows the address service@bank.example.com, but the message is from x@evil.example.')
        self._picture('reader-forged')

    def an_invitation_says_what_when_and_where(self):
        self._says('Outer', 'Invitation', 'Quarterly figures', 'Monday 23 November 2026, 09:00 to 10:00', 'Room 1')

    def what_may_be_a_program_is_not_opened(self):
        self._says('Outer', 'invoice.pdf.exe', 'May be a program')
        ui.act(ui.find(self._window('Outer'), 'push button', 'Open invoice.pdf.exe'))
        ui.wait_for('the question', lambda: any(ui.find_all(w, 'label', 'This Attachment May Be a Program') for w in ui.children(self.app)))
        ui.key('Escape')
        self._picture('reader-outer')

    def a_message_in_a_message_opens_in_its_own_window(self):
        ui.act(ui.find(self._window('Outer'), 'push button', 'Open Inner.eml'))
        self._says('Inner', 'Tom', '<tom@example.org>')

    def ctrl_w_closes_one_after_the_other_and_the_program_ends(self):
        for n in (2, 1):
            ui.key('ctrl+w')
            ui.wait_for('%d windows' % n, lambda: len(list(ui.children(self.app))) == n)
        ui.key('ctrl+w')
        self.child.wait(30)
        assert self.child.returncode == 0, self.child.returncode


def main():
    global ui
    steps = [name for name in vars(Reader) if not name.startswith('_')]
    print('1..%d' % len(steps))
    failed = False
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver as ui
        reader = Reader(session)
        for i, name in enumerate(steps):
            try:
                assert not failed, 'what came before failed'
                getattr(reader, name)()
                print('ok %d - %s' % (i + 1, name.replace('_', ' ')), flush=True)
            except Exception:
                if not failed:
                    traceback.print_exc()
                    reader._picture('reader-failed')
                failed = True
                print('not ok %d - %s' % (i + 1, name.replace('_', ' ')), flush=True)
        if reader.child.poll() is None:
            reader.child.kill()
            reader.child.wait()
    return failed


sys.exit(main())
