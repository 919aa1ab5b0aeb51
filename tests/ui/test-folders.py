#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder tree by keys and mouse: opened and folded, found by letters, favourites, names edited where they stand, messages on quick views.

  test-folders.py POSTHORN FILL-PROFILE [FOLDER FOR PICTURES]"""
import os, shutil, subprocess, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
import steps
from session import Session

APP, FILL = sys.argv[1:3]
PICTURES = sys.argv[3] if len(sys.argv) > 3 else None


class Folders:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'

    def _start(self):
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()
        ui.wait_for('the mail', lambda: self._messages())

    def _tree(self):
        return ui.find(self.app, 'list', 'Folders')

    def _labels(self, name):
        return [o for o in ui.find_all(self._tree(), 'label', name) if ui.text(o) == name and ui.has(o, 'VISIBLE')]

    def _messages(self):
        return ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'Quarterly figures')

    def _click(self, name, which=0, button='b1c'):
        ui.click_at(ui.settled(ui.wait_for('folder %r' % name, lambda: self._labels(name)[which:])[0]), 'Posthorn', button)

    def _menu(self, name, item, which=0):
        self._click(name, which, 'b3c')
        ui.act(ui.wait_for(item, lambda: [o for o in ui.find_all(self.app, 'menu item', item) if ui.has(o, 'SENSITIVE')])[0])

    def _title(self, words):
        ui.wait_for('%r above the list' % words, lambda: [o for o in ui.find_all(self.app, 'label', words) if ui.text(o).startswith(words) and ui.has(o, 'VISIBLE')])

    def _window(self, title):
        ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name() == title and ui.has(w, 'ACTIVE')])
        ui.time.sleep(.5)                   # GTK 4.8 cannot be asked about widgets that are just coming

    def _picture(self, name):
        if PICTURES:
            ui.screenshot('%s/%s.png' % (PICTURES, name))

    def _drag(self, o, onto):
        ui.drag(ui.settled(o), ui.settled(onto), 'Posthorn')

    # what a person does, in order

    def letters_go_to_what_begins_with_them(self):
        subprocess.run([FILL, self.profile, '10'], env=self.session.env, check=True)
        self._start()
        self._click('Inbox')
        ui.type_text('proj')
        self._title('Projects — Work')

    def left_folds_and_right_opens(self):
        assert len(self._labels('Porto')) == 2
        ui.key('Left')
        ui.wait_for('one Porto less', lambda: len(self._labels('Porto')) == 1)
        ui.key('Right')
        ui.wait_for('both again', lambda: len(self._labels('Porto')) == 2)

    def right_goes_into_it_and_left_out_of_it(self):
        ui.key('Right')
        self._title('Porto — Work')
        ui.key('Left')
        self._title('Projects — Work')

    def f2_edits_the_name_and_escape_leaves_it(self):
        ui.key('Right')
        ui.key('F2')
        ui.wait_for('the field', lambda: ui.find_all(self._tree(), None, 'Name of the Folder'))
        ui.type_text('Lisbon')
        ui.key('Escape')
        ui.wait_for('the old name', lambda: len(self._labels('Porto')) == 2)

    def f2_and_enter_rename(self):
        ui.key('F2')
        ui.type_text('Lisbon')
        self._picture('folders-name')
        ui.key('Return')
        ui.wait_for('the new name', lambda: self._labels('Lisbon') and len(self._labels('Porto')) == 1)

    def the_menu_renames_in_place_too(self):
        self._menu('Lisbon', 'Rename')
        ui.wait_for('the field', lambda: ui.find_all(self._tree(), None, 'Name of the Folder'))
        ui.type_text('Lisboa')
        ui.key('Return')
        ui.wait_for('the new name', lambda: self._labels('Lisboa'))
        ui.key('F2')
        ui.type_text('Lisbon')
        ui.key('Return')
        ui.wait_for('the old name', lambda: self._labels('Lisbon'))

    def the_keyboard_stays_in_the_tree(self):
        ui.key('Left')
        self._title('Projects — Work')

    def a_favourite_is_added_by_the_menu(self):
        self._menu('Inbox', 'Add to Favourites')
        ui.wait_for('the favourite', lambda: self._labels('Favourites') and len(self._labels('Inbox')) == 3)
        self._picture('folders-favourite')

    def another_by_dragging_it_there(self):
        self._drag(self._labels('Lisbon')[0], self._labels('Favourites')[0])
        ui.wait_for('the second favourite', lambda: len(self._labels('Lisbon')) == 2)

    def it_opens_its_folder(self):
        self._click('Lisbon')
        self._title('Lisbon — Work')
        self._click('Inbox')
        self._title('Inbox — Work')
        ui.wait_for('the mail', self._messages)

    def a_message_dropped_on_flagged_is_flagged(self):
        self._drag(self._messages()[0], self._labels('Flagged')[0])
        self._click('Flagged')
        ui.wait_for('it is there', self._messages)
        self._picture('folders-flagged')

    def favourites_are_kept(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        self._start()
        ui.wait_for('both favourites', lambda: self._labels('Favourites') and len(self._labels('Lisbon')) == 2 and len(self._labels('Inbox')) == 3)

    def a_message_is_moved_by_typing_where_to(self):
        self._click('Inbox', 1)
        ui.click_at(ui.settled(ui.wait_for('the mail', self._messages)[0]), 'Posthorn')
        ui.key('ctrl+shift+v')
        self._window('Move to Folder')
        ui.type_text('lisb')
        self._picture('folders-chooser')
        ui.key('Return')
        ui.wait_for('a word about it', lambda: ui.find_all(self.app, 'label', '1 message moved'))

    def a_folder_is_opened_by_typing_its_name(self):
        ui.key('ctrl+y')
        self._window('Go to Folder')
        ui.type_text('work lisb')
        ui.key('Return')
        self._title('Lisbon — Work')
        ui.wait_for('the mail', self._messages)

    def the_next_unread_message_is_found_in_another_folder(self):
        ui.key('ctrl+i')
        self._title('Inbox — Work')
        for i in range(8):                  # as many as are unread in the Inbox and in Projects
            ui.key('ctrl+bracketright')
            ui.time.sleep(.5)
            if not [o for o in ui.find_all(self.app, 'label', 'Inbox — Work') if ui.has(o, 'VISIBLE')]:
                break
        self._title('Projects — ')

    def they_go_by_the_menu(self):
        for name in ('Lisbon', 'Inbox'):
            self._menu(name, 'Remove from Favourites')
            ui.time.sleep(1)                # GTK 4.8 cannot be asked about widgets that are just going
        ui.wait_for('no favourites', lambda: not self._labels('Favourites'))

    def the_window_closes(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode


def main():
    global ui
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver as ui
        journey = Folders(session)
        return steps.run(journey, '/ui/folders/', on_failure=lambda: journey._picture('folders-failed'))


sys.exit(main())
