#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The message list by keys: days, conversations, columns, two lines, quick views; all as it was left when the window opens again.

  test-list.py POSTHORN FILL-PROFILE [FOLDER FOR PICTURES]"""
import os, shutil, subprocess, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
import steps
from session import Session

APP, FILL = sys.argv[1:3]
PICTURES = sys.argv[3] if len(sys.argv) > 3 else None


class List:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'

    def _start(self, title='Inbox — Work'):
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        self._wait('the window', title)

    def _stop(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode

    def _window(self):
        return ui.wait_for('the window', lambda: [w for w in ui.children(self.app) if w.get_name().startswith('Posthorn')])[0]

    def _seen(self, label):
        return [o for o in ui.find_all(self._window(), 'label', label) if ui.has(o, 'VISIBLE')]

    def _wait(self, what, *labels):
        ui.wait_for(what, lambda: all(self._seen(l) for l in labels))

    def _picture(self, name):
        if PICTURES:
            ui.screenshot('%s/%s.png' % (PICTURES, name))

    def _choose(self, role, item):
        """Of the list's menu"""
        ui.act(ui.find_all(self._window(), 'push button', 'Sort and Arrange')[-1])
        ui.act(ui.wait_for(item, lambda: [o for o in ui.find_all(self._window(), role, item) if ui.has(o, 'SENSITIVE')])[0])

    def _wait_for_rows(self):
        """Of two lines, and none in the table"""
        ui.wait_for('rows', lambda: ui.find_all(ui.find_all(self._window(), 'list', 'Messages')[-1], 'label', 'Quarterly figures'))
        ui.wait_for('nothing in the table', lambda: not ui.find_all(ui.find_all(self._window(), 'tree table', 'Messages')[0], 'label', 'Quarterly figures'))

    def _focus_list(self):
        ui.key('ctrl+f')
        ui.key('Escape')

    def days_have_headings(self):
        subprocess.run([FILL, self.profile, '60'], env=self.session.env, check=True)
        self._start()
        self._wait('the newest mail', '60 messages', 'Today')
        self._picture('list-days')

    def a_conversation_is_one_row(self):
        self._choose('check menu item', 'Conversations')
        self._wait('conversations', '38 messages', '▸3')

    def right_opens_it_and_left_folds_it(self):
        self._focus_list()
        for key in ('Home', 'Down', 'Right'):
            ui.key(key)
        self._wait('three more rows', '41 messages', '▾3')
        self._picture('list-conversation')
        ui.key('Down')
        ui.key('Left')
        self._wait('one row again', '38 messages')

    def what_is_done_to_a_folded_one_is_done_to_all(self):
        ui.key('Delete')
        self._wait('all four gone', '37 messages')
        ui.key('ctrl+z')
        self._wait('all four back', '38 messages')

    def letters_go_to_what_begins_with_them(self):
        self._focus_list()
        ui.key('Home')
        ui.type_text('gru')
        ui.wait_for('the message', lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if 'message 3.' in ui.text(t)])

    def _windows(self):
        return [w for w in ui.children(self.app) if not w.get_name().startswith('Posthorn')]

    def return_opens_a_window_of_its_own(self):
        self._focus_list()
        ui.key('Return')
        window = ui.wait_for('the window of the message', self._windows)[0]
        subject = ui.wait_for('the subject as its title', lambda: [w.get_name() for w in self._windows() if w.get_name() != 'Message'])[0]
        ui.wait_for('the message', lambda: ui.find_all(window, 'text', 'Message text'))
        assert ui.find_all(window, 'label', subject), 'no such subject in it: %s' % subject
        self._picture('list-window')
        ui.key('ctrl+o')
        assert len(self._windows()) == 1, 'opened twice'
        ui.close_window(self.app, subject)
        ui.wait_for('it is closed', lambda: not self._windows())

    def a_double_click_does_so_too(self):
        ui.click_at(ui.settled(ui.find_all(self._window(), 'label', 'Quarterly figures')[0]), 'Posthorn', button='b1d')
        ui.wait_for('the window', lambda: [w for w in self._windows() if w.get_name() == 'Quarterly figures'])

    def it_goes_with_its_message_which_the_main_window_brings_back(self):
        ui.act(ui.find_all(self._windows()[0], 'push button', 'Delete')[-1])
        ui.wait_for('no window', lambda: not self._windows())
        self._wait('one less', '37 messages')
        self._wait('what was done last', '1 message deleted')
        ui.act(ui.find(self._window(), 'push button', 'Undo'))
        self._wait('it is back', '38 messages')

    def one_deletion_after_the_other_is_taken_back(self):
        self._focus_list()
        for left in ('37 messages', '36 messages'):
            ui.key('Delete')
            self._wait('one less', left)
        ui.key('ctrl+z')
        self._wait('the last one back', '37 messages')
        ui.key('ctrl+z')
        self._wait('both back', '38 messages')

    def a_column_is_taken_away(self):
        assert self._seen('Size')
        self._choose('check menu item', 'Size')
        ui.wait_for('no sizes', lambda: not self._seen('bytes'))

    def quick_views_go_over_all_accounts(self):
        ui.click_at(ui.settled(ui.find(self._window(), 'label', 'All inboxes')), 'Posthorn')
        ui.wait_for('a title without an account', lambda: len(self._seen('All inboxes')) == 2)
        self._choose('check menu item', 'Conversations')
        self._wait('both inboxes', '63 messages', 'bytes')
        self._picture('list-inboxes')

    def the_reader_goes_to_the_right_and_rows_have_two_lines(self):
        ui.act(ui.find_all(self._window(), 'push button', 'Main menu')[-1])
        ui.act(ui.wait_for('the reading pane', lambda: [o for o in ui.find_all(self._window(), 'radio menu item', 'Right') if ui.has(o, 'SENSITIVE')])[0])
        self._wait_for_rows()
        self._picture('list-two-lines')

    def all_is_as_it_was_left(self):
        self._stop()
        self._start('All inboxes')
        self._wait_for_rows()
        ui.click_at(ui.settled(ui.find(self._window(), 'label', 'Inbox')), 'Posthorn')
        self._wait('the inbox', 'Inbox — Work')

    def the_window_closes(self):
        self._stop()


def main():
    global ui
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver as ui
        journey = List(session)
        return steps.run(journey, '/ui/list/', on_failure=lambda: journey._picture('list-failed'))


sys.exit(main())
