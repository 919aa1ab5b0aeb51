#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding mail by keys alone: what is typed in the header bar is found while it is typed, chips narrow it, Escape goes back.

  test-search.py POSTHORN FILL-PROFILE [FOLDER FOR PICTURES]"""
import os, shutil, subprocess, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
import steps
from session import Session

APP, FILL = sys.argv[1:3]
PICTURES = sys.argv[3] if len(sys.argv) > 3 else None


class Search:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'

    def _window(self):
        return ui.wait_for('the window', lambda: [w for w in ui.children(self.app) if w.get_name().startswith('Posthorn')])[0]

    def _wait(self, what, *labels, without=()):
        def look():
            seen = [ui.text(o) for o in ui.find_all(self._window(), 'label') if ui.has(o, 'VISIBLE')]
            return all(any(l in s for s in seen) for l in labels) and not any(l in s for l in without for s in seen)
        ui.wait_for(what, look)

    def _picture(self, name):
        if PICTURES:
            ui.screenshot('%s/%s.png' % (PICTURES, name))

    def _type(self, text):
        ui.key('ctrl+f')
        ui.type_text(text)

    def the_window_opens_with_its_mail(self):
        subprocess.run([FILL, self.profile, '60'], env=self.session.env, check=True)
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        self._wait('the inbox', '60 messages')
        self._picture('search-before')

    def what_is_typed_is_found_in_all_mail(self):
        self._type('porto')
        self._wait('hits of both accounts', 'Search Results', 'Flat in Porto')
        ui.wait_for('nothing else in the table', lambda: not ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'Quarterly figures'))
        self._picture('search-found')

    def what_nobody_wrote_says_so(self):
        self._type('xyzzy & <b>')
        self._wait('nothing', 'Nothing Found', 'xyzzy & <b>')
        self._picture('search-nothing')

    def operators_work_while_they_are_typed(self):
        self._type('attachment:figures.pdf from:ana')
        self._wait('hits', 'Search Results', without=['Nothing Found'])
        self._type('before:someday ana')
        self._wait('help', 'Nothing Found', 'Write a date as')

    def escape_goes_back_to_the_folder(self):
        ui.key('Escape')
        self._wait('the inbox', '60 messages', without=['Search Results', 'Nothing Found'])

    def chips_narrow_the_folder(self):
        window = self._window()
        ui.act(ui.find(window, 'push button', 'Show flagged messages only'))
        ui.wait_for('fewer', lambda: not [o for o in ui.find_all(window, 'label', '60 messages') if ui.has(o, 'VISIBLE')])
        self._picture('search-chip')
        ui.act(ui.find(window, 'push button', 'Show all messages'))
        self._wait('all', '60 messages')

    def return_goes_to_what_was_found(self):
        self._type('figures')
        self._wait('hits', 'Search Results')
        ui.key('Return')
        ui.key('Down')
        ui.wait_for('a message in the reader', lambda: [o for o in ui.find_all(self._window(), 'text', 'The figures are at')] or ui.find_all(self._window(), None, 'The figures are at'))
        self._picture('search-read')

    def the_window_closes(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode


def main():
    global ui
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver as ui
        search = Search(session)
        return steps.run(search, '/ui/search/', on_failure=lambda: search._picture('search-failed'))


sys.exit(main())
