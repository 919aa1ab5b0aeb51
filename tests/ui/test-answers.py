#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers with one button, by accessibility: a read receipt told, taken back and refused; an invitation accepted.

  test-answers.py POSTHORN FILL-PROFILE POSTHORN-CLI"""
import json, os, shutil, subprocess, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
import steps
from session import Session

APP, FILL, CLI = sys.argv[1:4]
SHOTS = os.environ.get('POSTHORN_SCREENSHOTS')

HEAD = 'From: Ana Ruiz <ana@example.org>\nTo: me@example.org\nDate: Sun, 22 Nov 2026 10:42:00 +0000\nMIME-Version: 1.0\n'
ASKS = HEAD + 'Subject: Please tell me\nMessage-ID: <asks@example.org>\nReturn-Path: <ana@example.org>\nDisposition-Notification-To: ana@example.org\n\nDid you read this?\n'
INVITES = HEAD + '''Subject: Come with us
Message-ID: <invites@example.org>
Content-Type: text/calendar; method=REQUEST

METHOD:REQUEST
BEGIN:VEVENT
UID:one@example.org
SUMMARY:A day in Porto
ORGANIZER:mailto:ana@example.org
ATTENDEE:mailto:me@example.org
DTSTART:20261123T090000Z
DURATION:PT1H
END:VEVENT
'''


class Answers:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'
        paths = []
        for name, text in (('asks', ASKS), ('invites', INVITES)):
            paths.append('%s/%s.eml' % (session.dir, name))
            with open(paths[-1], 'w') as f:
                f.write(text)
        subprocess.run([FILL, self.profile, '5', *paths], check=True, env=session.env)

    def _cli(self, *args):
        return json.loads(subprocess.run([CLI, '--profile', self.profile, '--json', *args], env=self.session.env, check=True, stdout=subprocess.PIPE).stdout)

    def _outbox(self):
        folders = [f['id'] for f in self._cli('folder', 'list')['folders'] if f['role'] == 'outbox']
        return [m['subject'] for f in folders for m in self._cli('message', 'list', str(f))['messages']]

    def _shown(self, role, name):
        return [o for o in ui.find_all(self.app, role, name) if ui.has(o, 'VISIBLE')]

    def _says(self, words):
        ui.wait_for(words, lambda: [o for o in ui.find_all(self.app, 'label') if words in ui.text(o) and ui.has(o, 'VISIBLE')])

    def _button(self, name):
        return ui.wait_for('button %r' % name, lambda: [o for o in self._shown('push button', name) if ui.has(o, 'SENSITIVE')])[0]

    def _choose(self, subject):
        table = ui.find(self.app, 'tree table', 'Messages')
        ui.click_at(ui.settled(ui.wait_for(subject, lambda: ui.find_all(table, 'label', subject))[0]), 'Posthorn')

    def _shot(self, name):
        if SHOTS:
            ui.screenshot('%s/answers-%s.png' % (SHOTS, name))

    # what a person does, in order

    def who_asks_is_named(self):
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        self._choose('Please tell me')
        self._says('Ana Ruiz asks to be told that you read this.')
        self._shot('receipt')

    def telling_is_undone(self):
        ui.act(self._button('Tell Them'))
        ui.wait_for('a receipt in the Outbox', lambda: 'Read: Please tell me' in self._outbox())
        ui.act(self._button('Undo'))
        ui.wait_for('nothing in the Outbox', lambda: 'Read: Please tell me' not in self._outbox())
        self._says('Ana Ruiz asks to be told that you read this.')

    def told_once_nobody_asks_again(self):
        ui.act(self._button('Tell Them'))
        ui.wait_for('no question', lambda: not self._shown('push button', 'Tell Them'))
        assert 'Read: Please tell me' in self._outbox()

    def an_invitation_is_accepted(self):
        self._choose('Come with us')
        self._says('A day in Porto')
        self._shot('invitation')
        ui.act(self._button('Accept'))
        self._says('You accepted.')
        self._shot('accepted')
        assert 'Accepted: A day in Porto' in self._outbox()

    def another_answer_takes_its_place(self):
        ui.act(self._button('Decline'))
        self._says('You declined.')


def main():
    global ui
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver
        ui = driver
        answers = Answers(session)
        failed = steps.run(answers, '/ui/answers/', on_failure=lambda: answers._shot('failed'))
    sys.exit(failed)


main()
