#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks every window by accessibility: whatever can be pressed, typed into or chosen says what it is, in words.

  test-names.py POSTHORN FILL-PROFILE"""
import os, re, subprocess, sys, traceback
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
from session import Session

APP, FILL = sys.argv[1:3]

CONTROLS = ('push button', 'toggle button', 'check box', 'radio button', 'combo box', 'entry', 'text', 'password text', 'spin button', 'switch', 'slider',
            'list', 'list box', 'tree', 'tree table', 'table', 'menu item', 'link', 'menu')
# a class's name instead of words: what a screen reader would say of a control that nobody named
CLASS = re.compile(r'^(Gtk|Adw|App|Composer|Folders|Messages|Preferences|Reader|Search|Setup|Status)[A-Z][A-Za-z]*$')


def name_of(o):
    """Its own name, or that of what labels it."""
    name = (o.get_name() or '').strip()
    for relation in [] if name else o.get_relation_set():
        if relation.get_relation_type() == ui.Atspi.RelationType.LABELLED_BY:
            name = ' '.join(ui.text(relation.get_target(i)) for i in range(relation.get_n_targets())).strip()
    return name


def path_of(o):
    steps = []
    while o and o.get_role_name() != 'application':
        steps.append('%s %r' % (o.get_role_name(), o.get_name() or ''))
        o = o.get_parent()
    return ' / '.join(reversed(steps))


def nameless(window):
    """Walks all that is there, shown at the moment or not: pages that wait their turn too. Only what the snapshot has no words for is asked itself."""
    found = []
    seen = ui.Snapshot(window)
    for path in seen.walk(window.path):
        _, _, role, name, _ = seen.items.get(path, (None, 0, None, '', False))
        if role not in CONTROLS or (name.strip() and not CLASS.match(name)):
            continue
        o = seen.object(path)
        name = name_of(o)
        # a row of a list is read by the labels in it, and so is a button with a label of its own
        if (not name or CLASS.match(name)) and not (role == 'push button' and any(ui.text(l).strip() for l in ui.find_all(o, 'label'))):
            found.append(path_of(o))
    return found


class Names:
    def __init__(self, session):
        self.session = session

    def start(self, profile, *args):
        self.child = subprocess.Popen([APP, '--profile', profile, *args], env=dict(self.session.env, G_DEBUG='fatal-criticals'))
        self.app = ui.application()

    def stop(self):
        for window in reversed(list(ui.children(self.app))):
            try:
                ui.act(window, 'window.close')
            except Exception:
                pass
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode

    def window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def check(self, title):
        ui.time.sleep(.5)
        found = nameless(self.window(title))
        assert not found, 'without a name:\n  ' + '\n  '.join(sorted(set(found)))

    def act(self, action):
        """An action of the main window, as its menu has it."""
        ui.act(self.window('Posthorn'), action)

    # the windows

    def wizard(self):
        self.start(self.session.dir + '/empty')
        try:
            self.check('Add an Account')
        finally:
            self.stop()

    def main_window(self):
        subprocess.run([FILL, self.session.dir + '/full'], check=True, env=self.session.env)
        self.start(self.session.dir + '/full')
        ui.click_at(ui.wait_for('mail', lambda: ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'Quarterly figures'))[0], 'Posthorn')
        ui.wait_for('the message', lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if 'figures' in ui.text(t)])
        self.check('Posthorn')

    def composer(self):
        ui.key('ctrl+n')
        self.check('New Message')
        ui.act(self.window('New Message'), 'window.close')
        ui.wait_for('the composer closed', lambda: not [w for w in ui.children(self.app) if w.get_name().startswith('New Message')])

    def preferences(self):
        ui.key('ctrl+comma')
        self.check('Preferences')

    def preferences_of_an_account(self):
        window = self.window('Preferences')
        ui.click_at(ui.find(window, 'label', 'Work'), 'Preferences')
        ui.find(window, None, 'Your Name')
        self.check('Preferences')

    def everything_closes(self):
        self.stop()


def main():
    global ui
    steps = [name for name in vars(Names) if not name.startswith('_') and name not in ('start', 'stop', 'window', 'check', 'act')]
    print('1..%d' % len(steps))
    failed = False
    with Session() as session:
        os.environ.update(session.env)
        import driver as ui
        names = Names(session)
        for number, step in enumerate(steps, 1):
            words = step.replace('_', '-')
            try:
                getattr(names, step)()
                print('ok %d /ui/names/%s' % (number, words), flush=True)
            except Exception:
                failed = True
                print('not ok %d /ui/names/%s' % (number, words), flush=True)
                traceback.print_exc()
        if names.child.poll() is None:
            names.child.kill()
            names.child.wait()
    sys.exit(failed)


if __name__ == '__main__':
    main()
