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
        return sorted([o for o in ui.find_all(self._tree(), 'label', name) if ui.text(o) == name and ui.has(o, 'VISIBLE') and self._place(o)[0] > 0], key=self._place)

    def _messages(self):
        return ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'Quarterly figures')

    def _click(self, name, which=0, button='b1c'):
        ui.click_at(ui.settled(ui.wait_for('folder %r' % name, lambda: self._labels(name)[which:])[0]), 'Posthorn', button)

    def _menu(self, name, item, which=0):
        self._click(name, which, 'b3c')
        ui.act(ui.wait_for(item, lambda: [o for o in ui.find_all(self.app, 'menu item', item) if ui.has(o, 'SENSITIVE')])[0])

    def _title(self, words):
        ui.wait_for('%r above the list' % words, lambda: [o for o in ui.find_all(self.app, 'label', words) if ui.text(o).startswith(words) and ui.has(o, 'VISIBLE')])

    def _place(self, o):
        e = ui.Atspi.Component.get_extents(o, ui.Atspi.CoordType.WINDOW)
        return e.y, e.x

    def _left(self, o):
        return self._place(o)[1]

    def _stands_above(self, name, other):
        ui.wait_for('%s above %s' % (name, other), lambda: min(map(self._place, self._labels(name))) < min(map(self._place, self._labels(other))))

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

    def a_favourite_goes_up_by_keys(self):
        self._stands_above('Inbox', 'Lisbon')
        self._click('Lisbon')
        ui.key('ctrl+shift+Up')
        self._stands_above('Lisbon', 'Inbox')
        ui.key('ctrl+shift+Down')           # the keyboard is where it was
        self._stands_above('Inbox', 'Lisbon')

    def and_by_dragging_it(self):
        self._drag(self._labels('Lisbon')[0], self._labels('Inbox')[0])
        self._stands_above('Lisbon', 'Inbox')

    def dragged_out_of_the_tree_it_is_none_any_more(self):
        self._drag(self._labels('Lisbon')[0], ui.find(self.app, 'tree table', 'Messages'))
        ui.wait_for('one Lisbon', lambda: len(self._labels('Lisbon')) == 1)
        self._picture('folders-no-favourite')
        ui.act(ui.find(self.app, 'push button', 'Undo'))
        ui.wait_for('it is back', lambda: len(self._labels('Lisbon')) == 2)
        self._stands_above('Lisbon', 'Inbox')

    def a_folder_dragged_onto_another_goes_into_it(self):
        before = self._left(self._labels('Lisbon')[1])
        self._drag(self._labels('Lisbon')[1], self._labels('Work')[-1])  # the first says whose Inbox it is
        ui.wait_for('Lisbon at the top', lambda: self._left(self._labels('Lisbon')[1]) < before)
        self._picture('folders-moved')
        ui.act(ui.find(self.app, 'push button', 'Undo'))
        ui.wait_for('Lisbon in Projects', lambda: self._left(self._labels('Lisbon')[1]) == before)

    def but_not_where_it_cannot_be(self):
        for name in ('Drafts', 'Unread'):
            before = self._left(self._labels('Lisbon')[1])
            self._drag(self._labels('Lisbon')[1], self._labels(name)[0])
            assert self._left(self._labels('Lisbon')[1]) == before

    def the_menu_moves_it_too(self):
        before = self._left(self._labels('Lisbon')[1])
        self._menu('Lisbon', 'Move Into', 1)
        self._window('Move “Lisbon” Into')
        self._picture('folders-move')
        ui.type_text('work')
        ui.key('Return')
        ui.wait_for('Lisbon at the top', lambda: self._left(self._labels('Lisbon')[1]) < before)
        ui.act(ui.find(self.app, 'push button', 'Undo'))
        ui.wait_for('Lisbon in Projects', lambda: self._left(self._labels('Lisbon')[1]) == before)

    def they_go_by_the_menu(self):
        self._click('Lisbon', -1)
        ui.key('Home')                      # what was dragged has scrolled the tree
        ui.settled(ui.wait_for('the top of the tree', lambda: self._labels('Favourites'))[0])
        for name in ('Lisbon', 'Inbox'):
            self._menu(name, 'Remove from Favourites')
            ui.time.sleep(1)                # GTK 4.8 cannot be asked about widgets that are just going
        ui.wait_for('no favourites', lambda: not self._labels('Favourites'))

    def a_message_is_moved_by_typing_where_to(self):
        self._click('Inbox')
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
