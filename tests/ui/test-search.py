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
        ui.wait_for(what, look, seconds=120)   # the index is built by a thread that gives way to every other, and other tests run beside this one

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

    def _row(self, name):
        """The label of a folder's row"""
        return [o for o in ui.find_all(ui.find(self.app, 'list', 'Folders'), 'label') if ui.text(o) == name]

    def _best_first(self, is_on):
        """A press that comes too soon after another one is not heard."""
        button = ui.find(self._window(), 'push button', 'Show the best matches first instead of the newest')
        ui.act(button)
        ui.wait_for('the other order', lambda: ui.has(button, 'PRESSED') == is_on)

    def best_first_is_a_matter_of_one_click(self):
        self._type('figures')
        self._wait('hits', 'Search Results')
        self._best_first(True)
        self._picture('search-best')
        self._best_first(False)
        ui.key('Escape')
        self._wait('the inbox', '60 messages')

    def a_search_is_saved_as_a_folder(self):
        self._type('porto')
        self._wait('hits', 'Search Results', 'Flat in Porto')
        ui.act(ui.find(self._window(), 'push button', 'Save This Search as a Folder'))
        ui.find(self.app, 'text', 'Name of the Folder')
        self._picture('search-save')
        ui.key('Return')
        ui.wait_for('its row', lambda: self._row('porto'))
        self._wait('what it finds', 'porto', 'Flat in Porto', without=['Search Results'])
        self._picture('search-saved')

    def a_name_that_is_taken_is_refused(self):
        self._type('figures')
        self._wait('hits', 'Search Results')
        ui.act(ui.find(self._window(), 'push button', 'Save This Search as a Folder'))
        ui.set_text(ui.find(self.app, 'text', 'Name of the Folder'), 'porto')
        ui.key('Return')
        ui.find(self.app, 'label', 'There is a saved search of this name already.')
        ui.key('Escape')
        ui.key('ctrl+f')
        ui.key('Escape')
        self._wait('the saved search again', 'porto', without=['Search Results'])

    def a_saved_search_is_there_after_a_restart(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        ui.wait_for('its row', lambda: self._row('porto'))
        self._wait('what it finds', 'porto', 'Flat in Porto')

    def it_is_deleted_at_once_and_comes_back(self):
        ui.click_at(self._row('porto')[0], self._window().get_name())
        ui.key('Delete')
        ui.wait_for('no row', lambda: not self._row('porto'))
        ui.act(ui.find(self.app, 'push button', 'Undo'))
        ui.wait_for('its row again', lambda: self._row('porto'))
        self._wait('what it finds', 'porto', 'Flat in Porto')
        self._picture('search-back')

    def it_is_renamed_in_its_row(self):
        ui.click_at(self._row('porto')[0], self._window().get_name())
        ui.key('F2')
        ui.wait_for('the field', lambda: ui.find_all(ui.find(self.app, 'list', 'Folders'), None, 'Name of the Folder'))
        ui.type_text('Flats')
        ui.key('Return')
        ui.wait_for('the other name', lambda: self._row('Flats') and not self._row('porto'))
        self._wait('what it finds', 'Flats', 'Flat in Porto')

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
