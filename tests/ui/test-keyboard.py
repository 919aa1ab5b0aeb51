#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window without a mouse: every pane is reached, mail is read, answered, written and sent by keys alone, and leaving keeps what was
being written.

  test-keyboard.py POSTHORN POSTHORN-CLI"""
import json, os, subprocess, sys, tempfile, shutil
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import demo_mail, servers, steps
from demo import add_account, mail_at_server
from session import Session

APP, CLI = sys.argv[1:3]
SUBJECT = 'Written without a mouse'


class Keyboard:
    def __init__(self, facts, session):
        self.facts, self.session, self.profile = facts, session, session.dir + '/profile'

    def _start(self):
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()

    def _cli(self, *args):
        return json.loads(subprocess.run([CLI, '--profile', self.profile, '--json', *args], env=self.session.env, check=True, stdout=subprocess.PIPE).stdout)

    def _window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def _focus(self):
        """The roles and names from the focused object up to its window."""
        path = []
        for window in ui.children(self.app):
            for o in ui.walk(window):
                if ui.has(o, 'FOCUSED') and o.get_role_name() != 'frame':
                    while o and o.get_role_name() != 'application':
                        path.append('%s %s' % (o.get_role_name(), o.get_name()))
                        o = o.get_parent()
                    return ' / '.join(path)
        return ''

    def _is_in(self, words):
        ui.wait_for('the focus in %s' % words, lambda: words in self._focus() or print('focus: %s' % self._focus(), file=sys.stderr))

    def _subject(self, words):
        return ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', words)

    def _wait_pane(self, panes):
        return ui.wait_for('a pane', lambda: [pane for pane in panes if pane in self._focus()])[0]

    def _go_to_messages(self):
        for i in range(4):
            if 'tree table Messages' in self._focus():
                return
            ui.key('F6')
            ui.time.sleep(.3)

    # what a person does, in order

    def mail_comes_with_f5(self):
        self._start()
        self._window('Posthorn')
        ui.wait_for('the first pass', lambda: ui.find_all(self.app, 'label', 'Up to date'), 60)
        path = tempfile.mkstemp(dir=self.session.dir)[1]
        with open(path, 'w') as f:
            f.write('From: Tom Berg <tom@posthorn.test>\r\nTo: ana@posthorn.test\r\nSubject: Came with a key\r\nMessage-ID: <key@posthorn.test>\r\n\r\nThe text of the key.\r\n')
        servers.deliver(self.facts['dir'], 'ana@posthorn.test', [path])
        ui.key('F5')
        ui.wait_for('the new message', lambda: [o for o in ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'Came with a key')], 60)

    def f6_goes_round_the_panes(self):
        seen = []
        for i in range(4):
            ui.key('F6')
            ui.time.sleep(.3)
            seen.append(next((pane for pane in ('Folders', 'Messages', 'Message text') if pane in self._focus()), self._focus()))
        assert set(seen[:3]) == {'Folders', 'Messages', 'Message text'} and seen[0] == seen[3], seen

    def tab_and_shift_tab_leave_the_lists(self):
        for pane in ('list Folders', 'tree table Messages'):
            for keys in ('Tab', 'shift+Tab'):
                for i in range(4):
                    if pane in self._focus():
                        break
                    ui.key('F6')
                assert pane in self._focus(), '%s is not reached from %s' % (pane, self._focus())
                for i in range(6):
                    ui.key(keys)
                    if pane not in self._focus():
                        break
                assert pane not in self._focus(), '%s stays in %s' % (keys, self._focus())

    def ctrl_tab_goes_round_too_and_shift_f6_back(self):
        panes = ('list Folders', 'tree table Messages', 'text Message text')
        for keys, order in (('ctrl+Tab', 1), ('shift+F6', -1)):
            here = panes.index(self._wait_pane(panes))
            for i in range(3):
                ui.key(keys)
                here = (here + order) % 3
                self._is_in(panes[here])

    def every_window_opens_and_closes_by_keys(self):
        self._go_to_messages()
        for keys, title, leave in ((('ctrl+comma',), 'Preferences', 'Escape'), (('ctrl+shift+b',), 'Contacts', 'ctrl+w'), (('F10', 'u'), 'Rules', 'ctrl+w'),
                                   (('F10', 'l'), 'Connection Log', 'Escape')):
            for key in keys:
                ui.type_text(key) if len(key) == 1 else ui.key(key)
                ui.time.sleep(.5)
            self._window(title)
            ui.time.sleep(1)                # GTK 4.8 cannot be asked about widgets that are just coming or going
            ui.key(leave)
            ui.wait_for('%s closed' % title, lambda: not [w for w in ui.children(self.app) if w.get_name().startswith(title)])
            ui.time.sleep(1)
            self._is_in('tree table Messages')

    def the_focus_stays_in_the_list_after_a_deletion(self):
        self._go_to_messages()
        ui.key('Home')
        ui.key('Delete')
        ui.wait_for('it is gone', lambda: not self._subject('Came with a key'))
        self._is_in('tree table Messages')
        ui.key('ctrl+z')
        ui.wait_for('it is back', lambda: self._subject('Came with a key'))
        self._is_in('tree table Messages')

    def the_search_is_left_with_escape(self):
        ui.key('ctrl+f')
        ui.type_text('nothing at all')
        ui.wait_for('a word about it', lambda: ui.find_all(self.app, 'label', 'Nothing Found'))
        ui.key('Escape')
        ui.wait_for('the list again', lambda: self._subject('Came with a key'))
        self._is_in('tree table Messages')

    def arrows_open_messages(self):
        for i in range(4):
            ui.key('F6')
            ui.time.sleep(.3)
            if 'Messages' in self._focus():
                break
        ui.key('Home')
        ui.wait_for('the newest message in the reader', lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if 'The text of the key' in ui.text(t)])
        ui.key('Down')
        ui.wait_for('another message', lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if ui.text(t).strip() and 'The text of the key' not in ui.text(t)])
        ui.key('Up')
        ui.wait_for('the newest again', lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if 'The text of the key' in ui.text(t)])

    def ctrl_r_answers_and_escape_closes(self):
        ui.key('ctrl+r')
        self._window('Re: Came with a key')
        ui.key('Escape')
        ui.wait_for('the composer closed', lambda: not [w for w in ui.children(self.app) if w.get_name().startswith('Re: Came with')])

    def a_letter_is_written_and_sent(self):
        ui.key('ctrl+n')
        self._window('New Message')
        ui.time.sleep(.5)
        ui.type_text('tom@posthorn.test')
        for i in range(8):
            if 'Subject' in self._focus():
                break
            ui.key('Tab')
        ui.type_text(SUBJECT)
        for i in range(4):
            if 'Message Text' in self._focus():
                break
            ui.key('Tab')
        ui.type_text('All by keys.')
        ui.key('ctrl+Return')
        ui.wait_for('the letter at the server', lambda: [m for m in mail_at_server(self.facts, 'tom') if m['Subject'] == SUBJECT and 'All by keys.' in m.get_content()], 60)

    def leaving_keeps_what_is_being_written(self):
        ui.key('ctrl+n')
        self._window('New Message')
        ui.time.sleep(.5)
        for i in range(8):
            if 'Subject' in self._focus():
                break
            ui.key('Tab')
        ui.type_text('Not finished')
        ui.key('ctrl+q')
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        drafts = [f['id'] for f in self._cli('folder', 'list')['folders'] if f['role'] == 'drafts']
        kept = [m['subject'] for f in drafts for m in self._cli('message', 'list', str(f))['messages']]
        assert kept == ['Not finished'], kept


def main():
    global ui
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    failed = True
    try:
        facts = servers.start(d, 'dovecot')
        facts['dir'] = d
        for person in ('ana', 'tom'):
            demo_mail.fill(servers.maildir(d, person), person)
        servers.own(d)
        with Session(wm=shutil.which('openbox')) as session:
            os.environ.update(session.env)
            import driver as ui
            ui.KEYS.setdefault('F10', 0xffc7)
            keyboard = Keyboard(facts, session)
            add_account(CLI, keyboard.profile, facts, 'ana', session.env)
            folder = os.environ.get('POSTHORN_SCREENSHOTS')
            failed = steps.run(keyboard, '/ui/keyboard/', on_failure=lambda: folder and ui.screenshot(folder + '/failed.png'))
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)
    sys.exit(failed)


if __name__ == '__main__':
    main()
