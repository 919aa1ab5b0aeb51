#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeping order: a contact is written by keys alone, then suggested where recipients stand, becomes a chip, and goes; a message goes to Junk
and comes back.

  test-order.py POSTHORN FILL-PROFILE [FOLDER FOR PICTURES]"""
import os, subprocess, sys, time, traceback
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
from session import Session

APP, FILL = sys.argv[1:3]
PICTURES = sys.argv[3] if len(sys.argv) > 3 else None


class Order:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'

    def _window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def _no_window(self, title):
        ui.wait_for('window %s gone' % title, lambda: not [w for w in ui.children(self.app) if w.get_name().startswith(title)])
        time.sleep(1)                       # GTK 4.8 cannot be asked about widgets that are just going

    def _label(self, window, words):
        return ui.wait_for('%r' % words, lambda: [o for o in ui.find_all(self._window(window), 'label') if words in ui.text(o) and ui.has(o, 'VISIBLE')])

    def _live(self, o):
        """The tree as it is, object by object: a chip that has just come stands in no snapshot of GTK 4.8's."""
        yield o
        for child in ui.children(o):
            yield from self._live(child)

    def _chips(self):
        return [o for w in ui.children(self.app) for o in self._live(w) if o.get_name() == 'Remove Zoë Zimmermann']

    def _picture(self, name):
        if PICTURES:
            ui.screenshot('%s/%s.png' % (PICTURES, name))

    def the_window_opens_with_its_mail(self):
        subprocess.run([FILL, self.profile, '10'], env=self.session.env, check=True)
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        self._label('Posthorn', '10 messages')

    def a_contact_is_written_by_keys(self):
        ui.key('ctrl+shift+b')
        self._window('Contacts')
        self._label('Contacts', 'No Contacts Yet')
        ui.key('ctrl+n')
        time.sleep(1)                       # the page slides
        ui.type_text('Zoë Zimmermann')
        ui.key('Tab')
        ui.key('Tab')
        ui.type_text('zoe@example.org')
        ui.key('ctrl+s')
        self._label('Contacts', 'zoe@example.org')
        self._picture('order-contacts')
        ui.key('ctrl+w')
        self._no_window('Contacts')

    def who_is_a_contact_is_suggested(self):
        ui.key('ctrl+n')
        self._window('New Message')
        time.sleep(1)
        ui.type_text('zim')
        ui.wait_for('the suggestion', lambda: ui.find_all(self.app, 'label', 'zoe@example.org'))
        self._picture('order-suggestion')
        ui.key('Return')
        ui.wait_for('the chip', self._chips)
        self._picture('order-chip')
        ui.key('BackSpace')                 # onto the chip
        ui.key('BackSpace')                 # and away with it
        ui.wait_for('no chip', lambda: not self._chips())
        ui.key('ctrl+w')
        self._no_window('New Message')

    def _button(self, name):
        return ui.wait_for('button %s' % name, lambda: [o for o in ui.find_all(self._window('Posthorn'), 'push button')
                                                        if o.get_name().split('_')[-1].endswith(name) and ui.has(o, 'SENSITIVE') and ui.has(o, 'VISIBLE')])[0]

    def _folder(self, name):
        ui.click_at(ui.settled(ui.find_all(ui.find(self.app, 'list', 'Folders'), 'label', name)[0]), 'Posthorn')

    def _open_first(self, n):
        """Once the list shows so many messages, the first of them."""
        words = '1 message' if n == 1 else '%d messages' % n
        ui.wait_for(words, lambda: [o for o in ui.find_all(self._window('Posthorn'), 'label') if ui.text(o) == words and ui.has(o, 'VISIBLE')])
        subjects = ui.wait_for('a row', lambda: [o for o in ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label') if ui.text(o) == 'Quarterly figures'])
        ui.click_at(ui.settled(subjects[0]), 'Posthorn')

    def a_message_goes_to_junk_by_its_button(self):
        self._open_first(10)
        ui.act(self._button('Junk'))
        self._label('Posthorn', '9 messages')

    def junk_says_so_and_comes_back(self):
        self._folder('Junk')
        self._open_first(1)
        self._label('Posthorn', 'This is junk. Its links and images are off.')
        self._picture('order-junk')
        ui.act(self._button('Not Junk'))
        self._folder('Inbox')
        self._label('Posthorn', '10 messages')

    def the_window_closes(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode


def main():
    global ui
    steps = [n for n in vars(Order) if not n.startswith('_')]
    print('1..%d' % len(steps))
    failed = False
    with Session() as session:
        os.environ.update(session.env)
        import driver
        ui = driver
        ui.KEYS.setdefault('BackSpace', 0xff08)
        order = Order(session)
        for number, name in enumerate(steps, 1):
            words = name.replace('_', '-')
            if failed:
                print('not ok %d /ui/order/%s # not tried' % (number, words))
                continue
            try:
                getattr(order, name)()
                print('ok %d /ui/order/%s' % (number, words), flush=True)
            except BaseException:
                failed = True
                print('not ok %d /ui/order/%s' % (number, words), flush=True)
                traceback.print_exc()
                order._picture('order-failed')
                for window in ui.children(ui.application(seconds=2)):
                    ui.dump(window)
        if getattr(order, 'child', None) and order.child.poll() is None:
            order.child.kill()
            order.child.wait()
    sys.exit(failed)


main()
